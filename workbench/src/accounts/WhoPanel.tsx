import { daysBetween } from '@curbstop/kernel/dates'
import { Badge, formatDate, formatNumber, Icon, Link, LinkButton, Section, useUi } from '@curbstop/ui'
import { useState } from 'react'
import { paths } from '../shell/paths.ts'
import { useWords } from '../shell/words.ts'
import { ProtectionNotice } from './ProtectionNotice.tsx'
import type { View } from './view.ts'

/** Facts that do not change during the call: who, where, how to reach them. */
export function WhoPanel({ view }: { view: View }) {
  const t = useWords('accounts')
  const { account, customer, premise } = view
  return (
    <section className="wb-who" aria-labelledby="wb-who-name">
      <h1 id="wb-who-name" className="cs-title">
        {account.customerName}
        <StatusBadge view={view} />
      </h1>
      <p>
        {premise ? premise.line : customer.visibility === 'open' ? account.tenures[0]?.address : null}
        {customer.visibility !== 'open' && <span className="cs-quiet">{t('guard.address')}</span>}
        {premise && (
          <span className="cs-quiet">{`, ${premise.cityLine.replace(/,? [A-Z]{2} \d{5}.*$/, '')}`}</span>
        )}
      </p>
      <PlaceLine view={view} />
      <NumberLine view={view} />
      {customer.visibility === 'open' && !customer.protection ? null : <ProtectionNotice view={view} />}
      {customer.visibility === 'open' && customer.language !== 'en' && (
        <p className="wb-language">
          <Badge tone="action">
            {t('who.language', { language: t(`who.languages.${customer.language}`) })}
          </Badge>
        </p>
      )}
    </section>
  )
}

function StatusBadge({ view: { account } }: { view: View }) {
  const t = useWords('accounts')
  const { strings, today } = useUi()
  if (account.status === 'open') return null
  const on = account.status === 'pending' ? account.openedOn : account.closedOn
  const words = { on: on ? formatDate(on, strings, { today, short: true }) : '' }
  const tone = account.status === 'closed' ? 'quiet' : 'amber'
  return (
    <>
      {' '}
      <Badge tone={tone}>{t(`status.${account.status}`, words).trim()}</Badge>
    </>
  )
}

/** `Owner since Mar 2017 · 4 people · 2,150 sq ft watered · pool`. */
function PlaceLine({ view: { account, premise, today } }: { view: View }) {
  const t = useWords('accounts')
  const { strings } = useUi()
  const tenure = account.tenures[0]
  const persons = account.household.find(one => daysBetween(one.fromOn, today) >= 0)?.persons
  const since = `${strings.calendar.months[Number(account.openedOn.slice(5, 7)) - 1]} ${account.openedOn.slice(0, 4)}`
  const facts = [
    t('who.since', { holds: t(`who.holds.${tenure?.holds ?? 'unknown'}`), since }),
    persons !== undefined && account.class === 'residential' ? t('who.people', { count: persons }) : null,
    premise && premise.dwellingUnits > 1 ? t('who.units', { count: premise.dwellingUnits }) : null,
    premise && premise.irrigatedSqft > 0
      ? t('who.area', { area: formatNumber(premise.irrigatedSqft) })
      : null,
    premise?.hasPool ? t('who.pool') : null,
    account.class === 'residential' ? null : t(`class.${account.class}`),
  ].filter(fact => fact !== null)
  return (
    <>
      <p className="cs-quiet">{facts.join(' · ')}</p>
      {tenure?.holds === 'tenant' && tenure.owner && (
        <p className="cs-quiet">{t('who.ownerOf', { name: tenure.owner.name })}</p>
      )}
    </>
  )
}

/** `A-10482 · meter 64118203 · 3/4" · book 14`, and the numbers it had before. */
function NumberLine({ view: { account, customer, premise, meters } }: { view: View }) {
  const t = useWords('accounts')
  const book = premise?.servicePoints.find(point => point.book)?.book
  return (
    <>
      <p className="cs-quiet">
        <span className="wb-number">{account.number}</span>
        {meters.map(meter => (
          <span key={String(meter.meterId)}>
            {` · ${t('who.meter').toLowerCase()} `}
            <Link href={paths.meters(account.accountId)}>{meter.serial}</Link>
            {` · ${meter.size}`}
          </span>
        ))}
        {meters.length === 0 && customer.visibility === 'open' && ` · ${t('who.noMeter')}`}
        {` · ${
          book
            ? t('who.book', { book: book.code, cycle: account.cycle.code })
            : t('who.cycle', { cycle: account.cycle.code })
        }`}
      </p>
      {account.oldNumbers.length > 0 && (
        <p className="cs-quiet">
          {`${t('who.old')} ${account.oldNumbers.map(old => old.number).join(', ')}`}
        </p>
      )}
    </>
  )
}

/** Phones and e-mail on file. */
export function ReachPanel({ view: { account, customer } }: { view: View }) {
  const t = useWords('accounts')
  const { strings, today } = useUi()
  const [all, setAll] = useState(false)
  const ways = [
    ...customer.phones.map(phone => ({
      id: `p${phone.phoneId}`,
      text: `${phone.shown}${phone.extension ? ` ${t('who.extension', { extension: phone.extension })}` : ''}`,
      kind: t(`who.kind.${phone.kind}`) + (phone.mayText ? ` · ${t('who.mayText')}` : ''),
    })),
    ...customer.emails.map(email => ({ id: `e${email.emailId}`, text: email.address, kind: null })),
  ]
  const returned = customer.mailing?.returnedOn
  if (customer.visibility !== 'open') return null
  return (
    <Section
      level={2}
      title={t('who.phones')}
      actions={
        <Link href={paths.customer(account.accountId)} label={t('who.customer')}>
          {t('who.more')}
        </Link>
      }
    >
      {ways.length === 0 && <p className="cs-quiet">{t('who.noWay')}</p>}
      <ul className="wb-ways">
        {ways.slice(0, all ? undefined : 3).map(way => (
          <li key={way.id}>
            <span>{way.text}</span>
            {way.kind && <span className="cs-quiet"> {way.kind}</span>}
          </li>
        ))}
      </ul>
      {ways.length > 3 && !all && (
        <LinkButton onPress={() => setAll(true)}>{t('timeline.more', { count: ways.length - 3 })}</LinkButton>
      )}
      {returned && (
        <p className="cs-tone-amber">
          <Icon name="warning" size={14} />{' '}
          {t('who.mailReturned', { on: formatDate(returned, strings, { today }) })}
        </p>
      )}
    </Section>
  )
}
