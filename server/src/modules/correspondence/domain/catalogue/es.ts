/** Las palabras en español de cada carta. Aquí no hay cifras: las cifras vienen de los datos. */
import type { Catalogue } from './en.ts'

export const es: Catalogue = {
  greeting: 'Estimado(a) {{customer}}:',
  account: 'Cuenta {{account}}',
  closing: '¿Preguntas? Llámenos al {{phone}} o visite {{website}}.',
  signature: '{{district}} · Servicio al cliente',
  period: '{{from}} – {{to}}',
  days_one: '{{count}} día',
  days_other: '{{count}} días',
  'unit.ccf': 'CCF (cientos de pies cúbicos)',
  'unit.kgal': 'miles de galones',
  'unit.kl': 'kilolitros',
  'short.ccf': 'CCF',
  'short.kgal': 'kgal',
  'short.kl': 'kL',
  gallons: '{{amount}} galones',

  'usage-graph.name': 'Gráfica de consumo',
  'usage-graph.subject': 'Su consumo de agua del {{from}} al {{to}}',
  'usage-graph.intro': 'Este es el consumo de agua de su cuenta en cada período de facturación, en {{unit}}.',
  'usage-graph.period': 'Período de facturación',
  'usage-graph.days': 'Días',
  'usage-graph.use': 'Consumo',
  'usage-graph.per-day': 'Por día',
  'usage-graph.last-year': 'Mismo período del año anterior',
  'usage-graph.estimated': 'estimado',
  'usage-graph.none': 'sin datos',
  'usage-graph.total': 'En total {{total}} {{unit}} en {{days}}.',

  'bill-explanation.name': 'Explicación de la factura',
  'bill-explanation.subject': 'Por qué su factura es de {{total}}',
  'bill-explanation.intro':
    'Su factura del {{from}} al {{to}} es de {{total}} y vence el {{due}}. La factura con la que la comparamos, del {{fromBefore}} al {{toBefore}}, fue de {{before}}.',
  'bill-explanation.last-year': 'La comparamos con la factura de la misma época del año anterior.',
  'bill-explanation.last-bill': 'La comparamos con la factura anterior.',
  'bill-explanation.more': 'Son {{change}} más. Estas son las razones:',
  'bill-explanation.less': 'Son {{change}} menos. Estas son las razones:',
  'bill-explanation.same': 'Las dos facturas son por la misma cantidad.',
  'bill-explanation.reason': 'Razón',
  'bill-explanation.amount': 'Diferencia',
  'bill-explanation.sum': 'En total',
  'bill-explanation.use':
    'Usted usó {{use}} {{unit}} en {{days}}; en la otra factura fueron {{useBefore}} {{unit}} en {{daysBefore}}.',
  'change.days': 'Más o menos días en el período de facturación',
  'change.days.detail': 'El período de facturación tiene {{daysNow}} días en lugar de {{daysBefore}}',
  'change.use': 'Más o menos agua consumida',
  'change.use.detail': 'Su consumo fue de {{usageNow}} {{unit}} en lugar de {{usageBefore}} {{unit}}',
  'change.tier': 'Consumo que llegó a un nivel de precio más alto, o que salió de él',
  'change.tier.detail': 'Una parte de su consumo tiene el precio del nivel {{tier}}: {{price}}',
  'change.persons': 'Número de personas en su presupuesto de agua',
  'change.persons.detail': 'Personas en su presupuesto de agua: {{change}}',
  'change.area': 'Superficie de jardín en su presupuesto de agua',
  'change.area.detail': 'Superficie de jardín en su presupuesto de agua: {{change}}',
  'change.weather': 'El clima, que cambia su presupuesto de agua',
  'change.weather.detail': 'El clima cambió su presupuesto de agua: {{budget}} {{unit}}',
  'change.rates': 'Tarifas nuevas',
  'change.rates.detail': 'Tarifas vigentes desde {{since}}',
  'change.sewer-average': 'Promedio de invierno de su cargo de alcantarillado',
  'change.sewer-average.detail':
    'El promedio de invierno de su cargo de alcantarillado es de {{now}} {{unit}} en lugar de {{before}}',
  'change.service': 'Servicios de su cuenta',
  'change.other': 'Otros cambios',

  'contact-summary.name': 'Resumen de nuestra conversación',
  'contact-summary.subject': 'Resumen de nuestro contacto del {{on}}',
  'contact-summary.intro': 'Gracias por {{how}} el {{on}}. Esto es lo que tratamos:',
  'contact-summary.next': 'Lo que sigue:',
  'contact-summary.follow-up': 'Le responderemos a más tardar el {{on}}.',
  'contact-summary.advisor': 'Le atendió {{advisor}}.',
  'how.phone': 'hablar con nosotros por teléfono',
  'how.counter': 'visitar nuestra oficina',
  'how.email': 'su correo electrónico',
  'how.fax': 'su fax',
  'how.mail': 'su carta',
  'how.portal': 'su mensaje en nuestro sitio web',
  'how.ivr': 'su llamada a nuestra línea telefónica',
  'how.field': 'hablar con nuestro representante de campo',

  'leak-check.name': 'Instrucciones para buscar fugas',
  'leak-check.subject': 'Cómo buscar una fuga de agua',
  'leak-check.intro': 'La mayoría de las fugas se encuentra en pocos minutos. Siga estos pasos:',
  'leak-check.loss': 'Su medidor parece perder unos {{loss}} cada día.',
  'leak-check.meter-title': 'Observe el medidor',
  'leak-check.meter-off':
    'Cierre toda el agua dentro y fuera de la casa, también máquinas de hielo, suavizadores y relojes de riego.',
  'leak-check.meter-read':
    'Anote todos los dígitos del medidor, espere {{minutes}} minutos sin usar agua y léalo otra vez.',
  'leak-check.meter-moved': 'Si los dígitos cambiaron, o si gira la ruedita de fugas, hay una fuga.',
  'leak-check.valve':
    'Cierre la llave de la casa y mire otra vez: si el medidor se detiene, la fuga está adentro; si sigue, está entre el medidor y la casa.',
  'leak-check.toilet-title': 'Pruebe cada inodoro',
  'leak-check.toilet-dye':
    'Ponga unas gotas de colorante de comida en el tanque y no descargue el agua durante {{minutes}} minutos.',
  'leak-check.toilet-color':
    'Si la taza se pinta, la válvula del tanque pierde agua; es la fuga más común de todas.',
  'leak-check.outside-title': 'Revise afuera',
  'leak-check.outside':
    'Abra cada válvula de riego y busque aspersores rotos, charcos y agua en las cajas. Revise las llaves de manguera y el llenador de la piscina.',
  'leak-check.after':
    'Guarde los recibos de la reparación y llámenos cuando esté hecha: puede haber un ajuste por fuga.',

  'conservation-tips.name': 'Consejos para ahorrar agua',
  'conservation-tips.subject': 'Maneras de usar menos agua',
  'conservation-tips.intro': 'Estos son los pasos que más ayudarían en su domicilio:',
  'conservation-tips.use': 'Su última factura muestra {{use}} {{unit}}.',
  'conservation-tips.budget': 'Su presupuesto de agua para esas fechas fue de {{budget}} {{unit}}.',
  'tip.toilet-flapper':
    'Cambie las válvulas gastadas de los inodoros. Un inodoro que pierde corre día y noche sin ruido.',
  'tip.irrigation-clock': 'Ajuste el reloj de riego a la temporada y riegue antes del amanecer.',
  'tip.irrigation-leaks': 'Revise su riego una vez al mes y repare aspersores rotos o inclinados.',
  'tip.drip-and-mulch': 'Use goteo en lugar de aspersores para los arbustos y cubra la tierra con mantillo.',
  'tip.full-loads': 'Use la lavadora y el lavaplatos solo con carga completa.',
  'tip.faucet-washers': 'Cambie los empaques de las llaves que gotean, también las de manguera.',
  'tip.pool-cover': 'Cubra la piscina cuando nadie nade; casi toda su agua se pierde en el aire.',
  'tip.ask-for-survey': 'Pídanos una revisión del uso del agua en su casa. No le cuesta nada.',

  'field-visit.name': 'Cita para una visita',
  'field-visit.subject': 'Nuestra visita del {{on}}',
  'field-visit.intro': 'Nuestro representante de campo irá el {{on}} para {{purpose}}.',
  'field-visit.window': 'Espérenos entre las {{from}} y las {{to}}.',
  'field-visit.any-time': 'Vamos en nuestro horario de trabajo; no hay una hora fija.',
  'field-visit.home': 'Un adulto debe estar en casa para abrirnos.',
  'field-visit.not-home':
    'No hace falta que haya alguien en casa. Mantenga libre la caja del medidor y los perros adentro.',
  'field-visit.badge':
    'Nuestros representantes llevan una credencial con foto y un vehículo marcado. Número de orden: {{order}}.',
  'field-visit.change': 'Para cambiar la cita, llame al {{phone}}.',
  'purpose.leak-check': 'buscar una fuga',
  'purpose.re-read': 'leer otra vez su medidor',
  'purpose.pressure': 'revisar la presión del agua',
  'purpose.turn-on': 'abrir su servicio de agua',
  'purpose.turn-off': 'cerrar su servicio de agua',
  'purpose.meter-test': 'probar su medidor',
  'purpose.meter-exchange': 'cambiar su medidor',
  'purpose.water-quality': 'revisar la calidad de su agua',

  'meter-test.name': 'Resultado de la prueba del medidor',
  'meter-test.subject': 'La prueba de su medidor de agua {{serial}}',
  'meter-test.intro.field':
    'El {{on}} probamos su medidor de agua {{serial}} en el lugar donde está instalado.',
  'meter-test.intro.bench': 'El {{on}} probamos su medidor de agua {{serial}} en nuestro banco de pruebas.',
  'meter-test.verdict.accurate':
    'Su medidor mide bien: en todos los flujos registró el {{accuracy}} del agua que pasó por él.',
  'meter-test.verdict.fast':
    'Su medidor marcaba de más: en todos los flujos registró el {{accuracy}} del agua, un {{difference}} de más.',
  'meter-test.verdict.slow':
    'Su medidor marcaba de menos: en todos los flujos registró el {{accuracy}} del agua, un {{difference}} de menos.',
  'meter-test.verdict.stopped': 'Su medidor estaba parado: registró el {{accuracy}} del agua.',
  'meter-test.percent': '{{value}} %',
  'meter-test.between': '{{least}} a {{most}}',
  'meter-test.at-least': 'al menos {{least}}',
  'meter-test.inside': 'dentro de los límites',
  'meter-test.outside': 'fuera de los límites',
  'meter-test.flow.low': 'bajo',
  'meter-test.flow.intermediate': 'intermedio',
  'meter-test.flow.high': 'alto',
  'meter-test.column.flow': 'Flujo',
  'meter-test.column.registered': 'Registrado',
  'meter-test.column.limits': 'Límites',
  'meter-test.column.result': 'Resultado',
  'meter-test.outcome.none': 'Nada cambia en sus facturas.',
  'meter-test.outcome.waived': 'Sus facturas anteriores quedan como están; no cobramos la diferencia.',
  'meter-test.outcome.refund':
    'Volvimos a calcular sus facturas desde el {{from}} con el agua que realmente pasó, y le devolvemos {{amount}} como crédito en su cuenta. Facturas calculadas de nuevo: {{bills}}.',
  'meter-test.outcome.back-bill':
    'Volvimos a calcular sus facturas desde el {{from}} con el agua que realmente pasó. La diferencia es de {{amount}}. Facturas calculadas de nuevo: {{bills}}.',
  'meter-test.offer':
    'Puede pagarla en pagos mensuales de unos {{amount}}, sin ningún recargo por mora; número de pagos: {{count}}. El total vence el {{due}}.',
  'meter-test.fee.returned': 'Le devolvemos la tarifa de la prueba, {{amount}}.',
  'meter-test.fee.kept':
    'La tarifa de la prueba, {{amount}}, se mantiene, porque el medidor no marcaba de más por encima de lo que permite nuestra norma.',
  'meter-test.ask':
    'Si tiene alguna pregunta sobre la prueba o sobre sus facturas, llámenos o venga a vernos.',
  'variance.name': 'Ajuste del presupuesto de agua',
  'variance.kind.household': 'personas en el hogar',
  'variance.kind.medical': 'agua necesaria en interiores',
  'variance.kind.care': 'cuidado con licencia',
  'variance.kind.animals': 'animales grandes',
  'variance.kind.landscape': 'área de jardín',
  'variance.kind.new-landscape': 'jardín nuevo',
  'variance.kind.pool-fill': 'llenado de piscina',
  'variance.kind.disaster': 'incendio o desastre',
  'variance.kind.leak': 'fuga',
  'variance.kind.other': 'otra necesidad',
  'variance.subject.approved': 'Su solicitud de presupuesto de agua fue aprobada',
  'variance.subject.denied': 'Su solicitud de presupuesto de agua',
  'variance.subject.evidence-asked': 'Su solicitud de presupuesto de agua: necesitamos ver algo más',
  'variance.subject.withdrawn': 'Su solicitud de presupuesto de agua fue retirada',
  'variance.subject.appeal-granted': 'Su apelación fue concedida',
  'variance.subject.appeal-denied': 'Su apelación',
  'variance.subject.renewal': 'El ajuste de su presupuesto de agua termina pronto',
  'variance.intro.approved':
    'Aprobamos su solicitud del {{on}} de un ajuste del presupuesto de agua ({{kind}}). Su presupuesto cambia así:',
  'variance.intro.denied':
    'No pudimos aprobar su solicitud del {{on}} de un ajuste del presupuesto de agua ({{kind}}).',
  'variance.intro.evidence-asked':
    'Todavía no podemos decidir su solicitud del {{on}} de un ajuste del presupuesto de agua ({{kind}}).',
  'variance.intro.withdrawn':
    'Como usted pidió, su solicitud del {{on}} de un ajuste del presupuesto de agua ({{kind}}) queda retirada. Nada cambia en sus facturas.',
  'variance.intro.appeal-granted':
    'El comité de ajustes concedió su apelación sobre su solicitud del {{on}} ({{kind}}). Su presupuesto de agua cambia así:',
  'variance.intro.appeal-denied':
    'El comité de ajustes no concedió su apelación sobre su solicitud del {{on}} ({{kind}}).',
  'variance.intro.renewal':
    'El ajuste de su presupuesto de agua que usted pidió el {{on}} ({{kind}}) termina pronto. Para conservarlo, envíenos de nuevo el formulario con lo que haya cambiado. Sin él, su presupuesto vuelve a ser el usual de su hogar.',
  'variance.gives.persons': 'en su hogar viven {{amount}} personas',
  'variance.gives.indoor-gpd': '{{amount}} galones más por día en interiores',
  'variance.gives.outdoor-gpd': '{{amount}} galones más por día en exteriores',
  'variance.gives.outdoor-factor': '{{amount}} por ciento más para su jardín',
  'variance.gives.over-budget-gallons':
    'el consumo sobre su presupuesto hasta {{amount}} galones se cobra al precio de su presupuesto exterior, una vez',
  'variance.gives.courtesy-months':
    'el consumo sobre su presupuesto se cobra al precio de su presupuesto exterior en facturas pasadas; meses: {{amount}}',
  'variance.gives.area': '{{amount}} pies cuadrados de área regada',
  'variance.begins': 'Comienza el {{from}}.',
  'variance.ends': 'Su último día es el {{until}}.',
  'variance.reason.reason': 'Por qué',
  'variance.reason.wanted': 'Qué necesitamos',
  'variance.appeal':
    'Usted puede apelar ante el comité de ajustes. Escríbanos una carta que nos llegue a más tardar el {{by}} y diga por qué no está de acuerdo.',
  'variance.documents':
    'Traiga o envíe una copia. No guardamos sus documentos: una vez decidida la solicitud, se devuelven o se destruyen.',
  'variance.changes':
    'Avísenos cuando algo cambie. Si lo que nos dijo no es cierto, las facturas pasadas pueden cobrarse de nuevo.',
}
