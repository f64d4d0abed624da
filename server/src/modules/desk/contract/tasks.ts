import { freeLine, freeText } from '@curbstop/kernel/card-numbers'
import { isLocalDate, localDateSchema } from '@curbstop/kernel/dates'
import { endpoint } from '@curbstop/kernel/endpoint'
import { idCodec } from '@curbstop/kernel/ids'
import { z } from 'zod'
import {
  answerRow,
  personCount,
  queueCode,
  queueCount,
  taskEvent,
  taskOutcome,
  taskPage,
  taskRow,
} from './cards.ts'

const taskId = idCodec<'task'>()
const accountId = idCodec<'account'>()
const personId = idCodec<'person'>()
const version = z.number().int().positive()
const note = freeText(2000)
const reason = freeText(500, 4)

/** Where work goes: a queue or a person, exactly one. */
const destination = z.union([z.strictObject({ queue: queueCode }), z.strictObject({ personId })])
const onTask = { taskId, version }
const taskErrors = ['desk.no-task', 'desk.task-changed', 'desk.task-done', 'desk.not-yours'] as const

export const tasks = {
  createTask: endpoint({
    method: 'POST',
    path: '/desk/tasks',
    may: 'desk.work',
    says: 'Makes a task for a queue or a person; a due date on a closed day moves to the next open one',
    input: z.strictObject({
      kind: z.enum(['follow-up', 'callback', 'referral', 'approval', 'exception']).default('follow-up'),
      title: freeLine(200, 3),
      detail: note.optional(),
      accountId: accountId.optional(),
      to: destination,
      dueOn: localDateSchema,
    }),
    output: taskRow,
    errors: [
      'premises.findable-text',
      'desk.due-in-past',
      'desk.due-too-far',
      'desk.no-person',
      'desk.no-account',
      'desk.reason-missing',
    ],
  }),
  askSenior: endpoint({
    method: 'POST',
    path: '/desk/questions',
    may: 'desk.work',
    says: 'Asks the seniors; the answer comes back to the person who asked and stays findable',
    input: z.strictObject({
      question: freeLine(200, 3),
      detail: note.optional(),
      accountId: accountId.optional(),
      dueOn: localDateSchema.optional(), // today unless told
    }),
    output: taskRow,
    errors: ['premises.findable-text', 'desk.due-in-past', 'desk.due-too-far', 'desk.no-account'],
  }),
  claimTask: endpoint({
    method: 'POST',
    path: '/desk/tasks/:taskId/claim',
    may: 'desk.work',
    says: 'Takes a task from a queue',
    input: z.strictObject(onTask),
    output: taskRow,
    errors: ['staff.own-account', ...taskErrors, 'desk.queue-above-you', 'desk.own-work'],
  }),
  referTask: endpoint({
    method: 'POST',
    path: '/desk/tasks/:taskId/refer',
    may: 'desk.work',
    says: 'Hands a task to another queue or person; the reason is kept',
    input: z.strictObject({ ...onTask, to: destination, reason }),
    output: taskRow,
    errors: ['premises.findable-text', ...taskErrors, 'desk.no-person', 'desk.own-work'],
  }),
  returnTask: endpoint({
    method: 'POST',
    path: '/desk/tasks/:taskId/return',
    may: 'desk.work',
    says: 'Gives a task back to whoever referred it, or made it',
    input: z.strictObject({ ...onTask, reason }),
    output: taskRow,
    errors: ['premises.findable-text', ...taskErrors, 'desk.nobody-to-return-to'],
  }),
  answerTask: endpoint({
    method: 'POST',
    path: '/desk/tasks/:taskId/answer',
    may: 'desk.work',
    says: 'Answers a question; the task goes back to the person who asked',
    input: z.strictObject({ ...onTask, answer: note }),
    output: taskRow,
    errors: [
      'premises.findable-text',
      'staff.own-account',
      ...taskErrors,
      'desk.not-a-question',
      'desk.own-question',
      'desk.queue-above-you',
    ],
  }),
  commentTask: endpoint({
    method: 'POST',
    path: '/desk/tasks/:taskId/comment',
    may: 'desk.work',
    says: 'Adds a remark',
    input: z.strictObject({ taskId, text: note }),
    output: taskRow,
    errors: ['premises.findable-text', 'desk.no-task'],
  }),
  snoozeTask: endpoint({
    method: 'POST',
    path: '/desk/tasks/:taskId/snooze',
    may: 'desk.work',
    says: 'Puts a task off to another date; a closed day moves to the next open one',
    input: z.strictObject({ ...onTask, untilOn: localDateSchema, reason }),
    output: taskRow,
    errors: ['staff.own-account', ...taskErrors, 'desk.due-in-past', 'desk.due-too-far'],
  }),
  finishTask: endpoint({
    method: 'POST',
    path: '/desk/tasks/:taskId/finish',
    may: 'desk.work',
    says: 'Closes a task with its outcome',
    input: z.strictObject({ ...onTask, outcome: taskOutcome, note: note.optional() }),
    output: taskRow,
    errors: [
      'premises.findable-text',
      'staff.own-account',
      ...taskErrors,
      'desk.own-work',
      'desk.queue-above-you',
      'desk.wrong-outcome',
      'desk.junior',
      'desk.closes-itself',
      'staff.reset-between',
    ],
  }),
  reopenTask: endpoint({
    method: 'POST',
    path: '/desk/tasks/:taskId/reopen',
    may: 'desk.work',
    says: 'Opens a closed task again, owned by the person who reopens it',
    input: z.strictObject({ ...onTask, reason, dueOn: localDateSchema }),
    output: taskRow,
    errors: [
      'staff.own-account',
      'desk.no-task',
      'desk.task-changed',
      'desk.task-open',
      'desk.due-in-past',
      'desk.due-too-far',
    ],
  }),
  getTask: endpoint({
    method: 'GET',
    path: '/desk/tasks/:taskId',
    may: 'desk.see',
    says: 'A task with everything that happened to it',
    input: z.strictObject({ taskId }),
    output: z.object({ task: taskRow, events: z.array(taskEvent) }),
    errors: ['desk.no-task'],
  }),
  listTasks: endpoint({
    method: 'GET',
    path: '/desk/tasks',
    may: 'desk.see',
    says: 'Tasks by due date: mine, of a queue, of an account, or (supervisor) of a person or everybody',
    input: z.strictObject({
      of: z.enum(['me', 'queue', 'account', 'person', 'everybody']).default('me'),
      queue: queueCode.optional(),
      accountId: accountId.optional(),
      personId: personId.optional(),
      show: z.enum(['open', 'overdue', 'done']).default('open'),
      after: z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}~[1-9]\d{0,17}$/, 'the `next` of an earlier page')
        .refine(next => isLocalDate(next.slice(0, 10)), 'the `next` of an earlier page')
        .optional(),
    }),
    output: taskPage,
    errors: ['desk.which', 'desk.other-list', 'desk.supervisors-only'],
  }),
  countWork: endpoint({
    method: 'GET',
    path: '/desk/counts',
    may: 'desk.see',
    says: 'How much work waits: mine and by queue',
    input: z.strictObject({}),
    output: z.object({ mine: z.number(), mineOverdue: z.number(), queues: z.array(queueCount) }),
  }),
  countByPerson: endpoint({
    method: 'GET',
    path: '/desk/people',
    may: 'desk.supervise',
    says: 'Open and overdue work of everybody',
    input: z.strictObject({}),
    output: z.array(personCount),
  }),
  findAnswers: endpoint({
    method: 'POST',
    asks: true, // who looks for an answer types the case
    path: '/desk/answers/find',
    may: 'desk.see',
    says: 'Questions the seniors answered before, by words',
    input: z.strictObject({ words: z.string().trim().min(2).max(100) }),
    output: z.array(answerRow),
  }),
}
