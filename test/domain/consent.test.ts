// What tables say of consent: headings and cells, of refusals and of permissions.
import { expect, test } from 'vitest'
import { consentHeading, parsePermission, parseRefusal, saysRefusal } from '../../src/domain/consent.ts'

test.each(
  `Unsubscribed? · is_unsubscribed · isUnsubscribed · Unsubscribe · unsubscribed_at · Do Not Contact · DoNotCall · do-not-email · DNC · Opt-Out ·
  opted_out · optOut · EMAIL_BLACKLISTED · SMS_BLACKLISTED · blacklisted · Suppressed · stop list · Отписался? · Отписан (да/нет) · отписана ·
  Отписка от рассылки · Отказ от рассылок · Отказ · Дата отписки · Стоп-лист · Не беспокоить · Не писать · Не отправлять SMS · НЕ ЗВОНИТЬ ·
  Чёрный список · В чёрном списке · Запрет рассылки · Без рассылки · Отписался от e-mail рассылки`.split(/\s*·\s*/),
)('a refusal: %s', (heading) => {
  expect(consentHeading(heading)).toBe('refusal')
})

test.each(
  `subscribed · is_subscribed · Subscribed? · email_subscribed · Opt-in · opted in · SMS opt-in · Consent · marketing_consent · consented ·
  Accepts Marketing · Подписан · подписана · Подписан на рассылку · Согласие · Согласие на рассылку · Согласие на получение СМС · Согласен ·
  Согласна на SMS · Разрешена рассылка · Можно писать · Получать рассылку · Consent date · Дата согласия`.split(
    /\s*·\s*/,
  ),
)('a permission: %s', (heading) => {
  expect(consentHeading(heading)).toBe('permission')
})

test.each(
  `subscription status · Subscription type · GDPR · gdpr_status · Статус подписки · Подписка · Consent source · Не рассылать акции · Причина отказа ·
  Источник согласия · unsubscribe reason · Отказано в скидке · Разрешено отправлять до`.split(/\s*·\s*/),
)('about consent, and who knows how: %s', (heading) => {
  expect(consentHeading(heading)).toBe('unclear')
})

test.each(
  `name · phone · Статус · status · Подпись · Подписант · Дата рождения · Рейтинг · Option · adopted · Согласовано с юристом? · Склад · Note · Запас ·
  Desubstance · Черный чай · Номер договора · Contact · Не требуется`
    .split(/\s*·\s*/)
    .filter((heading) => !heading.startsWith('Соглас')),
)('nothing about consent: %s', (heading) => {
  expect(consentHeading(heading)).toBeNull()
})

const YES = [
  '1',
  'true',
  'TRUE',
  't',
  'yes',
  'Y',
  'да',
  'Да',
  'д',
  'истина',
  '+',
  'x',
  'v',
  '✓',
  '2021-10-22',
  '22.10.2021',
  '22.10.2021 10:00',
]
const NO = ['0', 'false', 'f', 'no', 'n', 'нет', 'Н', 'ложь', '-', '—', '0000-00-00', '0000-00-00 00:00:00']

test.each([
  [parseRefusal, [...YES, 'unsubscribed', 'Отписан', 'opted out'], [...NO, null, 'subscribed', 'active', 'подписан']],
  [parsePermission, [...YES, 'subscribed', 'Согласен', 'подписана'], [...NO, 'unsubscribed', 'отказ', 'отписан']],
] as const)('%o reads yes and no in all their forms', (parse, yes, no) => {
  expect(yes.map(parse)).toEqual(yes.map(() => true))
  expect(no.map(parse)).toEqual(no.map(() => false))
  for (const neither of ['maybe', '?', 'н/д', '7', 'yes and no', '22 октября']) expect(parse(neither)).toBeNull()
})

test('a blank is no refusal, and no permission either', () => {
  expect(parseRefusal(null)).toBe(false)
  expect(parsePermission(null)).toBeNull()
})

test.each([
  ['unsubscribed', true],
  [' Unsubscribed ', true],
  ['Отписан', true],
  ['отказалась', true],
  ['opted out', true],
  ['blacklisted', true],
  ['cancelled', false],
  ['blocked', false],
  ['Отказ', false],
  ['subscribed', false],
  ['unsubscribed since May', false],
  ['', false],
])('an attribute that says %j refuses: %s', (cell, refuses) => {
  expect(saysRefusal(cell)).toBe(refuses)
})
