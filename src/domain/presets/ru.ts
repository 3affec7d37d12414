// The federal subjects of Russia: the 83 of ISO 3166-2:RU and the six that Russian law lists beside them.
// Name as law and post write it | IANA zone of its capital (tzdata 2025b) | code of the tax service | capital, unless it is a
// subject itself | other usual names.

import { codeName } from '../nearest-district.ts'
import { inLatin } from './latin.ts'

export interface PresetDistrict {
  readonly name: string
  readonly zone: string
  readonly otherNames: readonly string[]
  /** What one zone for the whole district does not say. */
  readonly note: string | null
}

const SUBJECTS = `
Республика Адыгея | Europe/Moscow | 01 | Майкоп | Республика Адыгея (Адыгея), Republic of Adygea, Adygea
Республика Алтай | Asia/Barnaul | 04 | Горно-Алтайск | Горный Алтай, Altai Republic, Republic of Altai
Республика Башкортостан | Asia/Yekaterinburg | 02 | Уфа | Башкирия, Republic of Bashkortostan, Bashkortostan, Bashkiria
Республика Бурятия | Asia/Irkutsk | 03 | Улан-Удэ | Republic of Buryatia, Buryatia
Республика Дагестан | Europe/Moscow | 05 | Махачкала | Republic of Dagestan, Dagestan
Республика Ингушетия | Europe/Moscow | 06 | Магас | Republic of Ingushetia, Ingushetia
Кабардино-Балкарская Республика | Europe/Moscow | 07 | Нальчик | Кабардино-Балкария, КБР, Kabardino-Balkarian Republic, Kabardino-Balkaria
Республика Калмыкия | Europe/Moscow | 08 | Элиста | Republic of Kalmykia, Kalmykia
Карачаево-Черкесская Республика | Europe/Moscow | 09 | Черкесск | Карачаево-Черкесия, КЧР, Karachay-Cherkess Republic, Karachay-Cherkessia
Республика Карелия | Europe/Moscow | 10 | Петрозаводск | Republic of Karelia, Karelia
Республика Коми | Europe/Moscow | 11 | Сыктывкар | Komi Republic, Republic of Komi, Komi
Республика Крым | Europe/Simferopol | 91 | Симферополь | Republic of Crimea, Crimea
Республика Марий Эл | Europe/Moscow | 12 | Йошкар-Ола | Mari El Republic, Republic of Mari El, Mari El
Республика Мордовия | Europe/Moscow | 13 | Саранск | Republic of Mordovia, Mordovia
Республика Саха (Якутия) | Asia/Yakutsk | 14 | Якутск | Саха, Якутия, Sakha Republic, Republic of Sakha (Yakutia), Sakha, Yakutia
Республика Северная Осетия — Алания | Europe/Moscow | 15 | Владикавказ | Северная Осетия, Осетия, Алания, РСО — Алания, North Ossetia — Alania, Republic of North Ossetia — Alania, North Ossetia
Республика Татарстан | Europe/Moscow | 16 | Казань | Республика Татарстан (Татарстан), Татария, Republic of Tatarstan, Tatarstan
Республика Тыва | Asia/Krasnoyarsk | 17 | Кызыл | Тува, Tuva Republic, Tyva Republic, Republic of Tyva, Tuva, Tyva
Удмуртская Республика | Europe/Samara | 18 | Ижевск | Удмуртия, Udmurt Republic, Udmurtia
Республика Хакасия | Asia/Krasnoyarsk | 19 | Абакан | Republic of Khakassia, Khakassia
Чеченская Республика | Europe/Moscow | 20 | Грозный | Чечня, Chechen Republic, Chechnya
Чувашская Республика — Чувашия | Europe/Moscow | 21 | Чебоксары | Чувашская Республика, Чувашия, Chuvash Republic, Chuvashia
Донецкая Народная Республика | Europe/Moscow | 93 | Донецк | ДНР, Donetsk People's Republic
Луганская Народная Республика | Europe/Moscow | 94 | Луганск | ЛНР, Luhansk People's Republic, Lugansk People's Republic
Алтайский край | Asia/Barnaul | 22 | Барнаул | Altai Krai
Забайкальский край | Asia/Chita | 75 | Чита | Забайкалье, Zabaykalsky Krai, Transbaikal Krai
Камчатский край | Asia/Kamchatka | 41 | Петропавловск-Камчатский | Камчатка, Kamchatka Krai, Kamchatka
Краснодарский край | Europe/Moscow | 23 | Краснодар | Кубань, Krasnodar Krai
Красноярский край | Asia/Krasnoyarsk | 24 | Красноярск | Krasnoyarsk Krai
Пермский край | Asia/Yekaterinburg | 59 | Пермь | Пермская область, Perm Krai
Приморский край | Asia/Vladivostok | 25 | Владивосток | Приморье, Primorsky Krai
Ставропольский край | Europe/Moscow | 26 | Ставрополь | Ставрополье, Stavropol Krai
Хабаровский край | Asia/Vladivostok | 27 | Хабаровск | Khabarovsk Krai
Амурская область | Asia/Yakutsk | 28 | Благовещенск | Amur Oblast
Архангельская область | Europe/Moscow | 29 | Архангельск | Arkhangelsk Oblast
Астраханская область | Europe/Astrakhan | 30 | Астрахань | Astrakhan Oblast
Белгородская область | Europe/Moscow | 31 | Белгород | Belgorod Oblast
Брянская область | Europe/Moscow | 32 | Брянск | Bryansk Oblast
Владимирская область | Europe/Moscow | 33 | Владимир | Vladimir Oblast
Волгоградская область | Europe/Volgograd | 34 | Волгоград | Volgograd Oblast
Вологодская область | Europe/Moscow | 35 | Вологда | Vologda Oblast
Воронежская область | Europe/Moscow | 36 | Воронеж | Voronezh Oblast
Запорожская область | Europe/Moscow | 90 | Запорожье | Zaporozhye Oblast, Zaporizhzhia Oblast
Ивановская область | Europe/Moscow | 37 | Иваново | Ivanovo Oblast
Иркутская область | Asia/Irkutsk | 38 | Иркутск | Irkutsk Oblast
Калининградская область | Europe/Kaliningrad | 39 | Калининград | Kaliningrad Oblast
Калужская область | Europe/Moscow | 40 | Калуга | Kaluga Oblast
Кемеровская область — Кузбасс | Asia/Novokuznetsk | 42 | Кемерово | Кемеровская область, Кузбасс, Kemerovo Oblast, Kuzbass
Кировская область | Europe/Kirov | 43 | Киров | Kirov Oblast
Костромская область | Europe/Moscow | 44 | Кострома | Kostroma Oblast
Курганская область | Asia/Yekaterinburg | 45 | Курган | Kurgan Oblast
Курская область | Europe/Moscow | 46 | Курск | Kursk Oblast
Ленинградская область | Europe/Moscow | 47 | Гатчина | Leningrad Oblast
Липецкая область | Europe/Moscow | 48 | Липецк | Lipetsk Oblast
Магаданская область | Asia/Magadan | 49 | Магадан | Magadan Oblast
Московская область | Europe/Moscow | 50 |  | Подмосковье, Moscow Oblast
Мурманская область | Europe/Moscow | 51 | Мурманск | Murmansk Oblast
Нижегородская область | Europe/Moscow | 52 | Нижний Новгород | Nizhny Novgorod Oblast
Новгородская область | Europe/Moscow | 53 | Великий Новгород | Novgorod Oblast
Новосибирская область | Asia/Novosibirsk | 54 | Новосибирск | Novosibirsk Oblast
Омская область | Asia/Omsk | 55 | Омск | Omsk Oblast
Оренбургская область | Asia/Yekaterinburg | 56 | Оренбург | Orenburg Oblast
Орловская область | Europe/Moscow | 57 | Орёл | Oryol Oblast, Orel Oblast
Пензенская область | Europe/Moscow | 58 | Пенза | Penza Oblast
Псковская область | Europe/Moscow | 60 | Псков | Pskov Oblast
Ростовская область | Europe/Moscow | 61 | Ростов-на-Дону | Rostov Oblast
Рязанская область | Europe/Moscow | 62 | Рязань | Ryazan Oblast
Самарская область | Europe/Samara | 63 | Самара | Samara Oblast
Саратовская область | Europe/Saratov | 64 | Саратов | Saratov Oblast
Сахалинская область | Asia/Sakhalin | 65 | Южно-Сахалинск | Сахалин, Sakhalin Oblast, Sakhalin
Свердловская область | Asia/Yekaterinburg | 66 | Екатеринбург | Sverdlovsk Oblast
Смоленская область | Europe/Moscow | 67 | Смоленск | Smolensk Oblast
Тамбовская область | Europe/Moscow | 68 | Тамбов | Tambov Oblast
Тверская область | Europe/Moscow | 69 | Тверь | Tver Oblast
Томская область | Asia/Tomsk | 70 | Томск | Tomsk Oblast
Тульская область | Europe/Moscow | 71 | Тула | Tula Oblast
Тюменская область | Asia/Yekaterinburg | 72 | Тюмень | Tyumen Oblast
Ульяновская область | Europe/Ulyanovsk | 73 | Ульяновск | Ulyanovsk Oblast
Херсонская область | Europe/Moscow | 95 | Херсон | Kherson Oblast
Челябинская область | Asia/Yekaterinburg | 74 | Челябинск | Chelyabinsk Oblast
Ярославская область | Europe/Moscow | 76 | Ярославль | Yaroslavl Oblast
Москва | Europe/Moscow | 77 |  | город федерального значения Москва, Moscow
Санкт-Петербург | Europe/Moscow | 78 |  | город федерального значения Санкт-Петербург, Петербург, СПб, Saint Petersburg, St. Petersburg
Севастополь | Europe/Simferopol | 92 |  | город федерального значения Севастополь, Sevastopol
Еврейская автономная область | Asia/Vladivostok | 79 | Биробиджан | ЕАО, Jewish Autonomous Oblast
Ненецкий автономный округ | Europe/Moscow | 83 | Нарьян-Мар | НАО, Nenets Autonomous Okrug
Ханты-Мансийский автономный округ — Югра | Asia/Yekaterinburg | 86 | Ханты-Мансийск | Ханты-Мансийский автономный округ, ХМАО, ХМАО — Югра, Югра, Khanty-Mansi Autonomous Okrug, Khanty-Mansi Autonomous Okrug — Yugra, Yugra
Чукотский автономный округ | Asia/Anadyr | 87 | Анадырь | Чукотка, ЧАО, Chukotka Autonomous Okrug, Chukotka
Ямало-Ненецкий автономный округ | Asia/Yekaterinburg | 89 | Салехард | ЯНАО, Ямал, Yamalo-Nenets Autonomous Okrug, Yamal
`

const MOSCOW_BY_RUSSIAN_LAW = 'Moscow time, as Russian law sets it; Europe/Kyiv by Ukrainian law'

const NOTES: Readonly<Record<string, string>> = {
  'Республика Саха (Якутия)':
    'three zones: Asia/Yakutsk with the capital, Asia/Vladivostok in the middle, Asia/Srednekolymsk in the east',
  'Сахалинская область': 'the northern Kuril islands keep Asia/Srednekolymsk; the same hours since 2016',
  'Донецкая Народная Республика': MOSCOW_BY_RUSSIAN_LAW,
  'Луганская Народная Республика': MOSCOW_BY_RUSSIAN_LAW,
  'Запорожская область': MOSCOW_BY_RUSSIAN_LAW,
  'Херсонская область': MOSCOW_BY_RUSSIAN_LAW,
}

/** "Tula Oblast" is written "Tula region" too, "Krasnodar Krai" "Krasnodar Territory". */
const englishKinds = (others: string): string[] =>
  others.split(', ').flatMap((name) => {
    const [, own, kind] = /^(?!Altai )(.+) (Oblast|Krai)$/.exec(name) ?? []
    if (own === undefined) return []
    return kind === 'Krai' ? [`${own} region`, `${own} Territory`] : [`${own} region`]
  })

const readSubject = (line: string): PresetDistrict => {
  const [name = '', zone = '', code = '', capital = '', others = ''] = line.split(' | ')
  const russian = [
    name,
    ...(capital === '' ? [] : [capital]),
    ...others.split(', ').filter((other) => /\p{Script=Cyrillic}/u.test(other)),
  ]
  const codes = [codeName(code), `регион ${code}`, `${code} регион`]
  const otherNames = [
    ...russian.slice(1),
    ...others.split(', '),
    ...codes,
    ...russian.flatMap(inLatin),
    ...englishKinds(others),
  ]
  return { name, zone, otherNames: [...new Set(otherNames)], note: NOTES[name] ?? null }
}

/** Every federal subject once, with the zone of its capital. */
export const RU_DISTRICTS: readonly PresetDistrict[] = SUBJECTS.trim().split('\n').map(readSubject)
