// The federal subjects of Russia: the 83 of ISO 3166-2:RU and the six that Russian law lists beside them.
// Name as law and post write it | IANA zone of its capital (tzdata 2025b) | other usual names.

export interface PresetDistrict {
  readonly name: string
  readonly zone: string
  readonly otherNames: readonly string[]
  /** What one zone for the whole district does not say. */
  readonly note: string | null
}

const SUBJECTS = `
Республика Адыгея | Europe/Moscow | Республика Адыгея (Адыгея), Republic of Adygea, Adygea
Республика Алтай | Asia/Barnaul | Горный Алтай, Altai Republic, Republic of Altai
Республика Башкортостан | Asia/Yekaterinburg | Башкирия, Republic of Bashkortostan, Bashkortostan, Bashkiria
Республика Бурятия | Asia/Irkutsk | Republic of Buryatia, Buryatia
Республика Дагестан | Europe/Moscow | Republic of Dagestan, Dagestan
Республика Ингушетия | Europe/Moscow | Republic of Ingushetia, Ingushetia
Кабардино-Балкарская Республика | Europe/Moscow | Кабардино-Балкария, КБР, Kabardino-Balkarian Republic, Kabardino-Balkaria
Республика Калмыкия | Europe/Moscow | Republic of Kalmykia, Kalmykia
Карачаево-Черкесская Республика | Europe/Moscow | Карачаево-Черкесия, КЧР, Karachay-Cherkess Republic, Karachay-Cherkessia
Республика Карелия | Europe/Moscow | Republic of Karelia, Karelia
Республика Коми | Europe/Moscow | Komi Republic, Republic of Komi, Komi
Республика Крым | Europe/Simferopol | Republic of Crimea, Crimea
Республика Марий Эл | Europe/Moscow | Mari El Republic, Republic of Mari El, Mari El
Республика Мордовия | Europe/Moscow | Republic of Mordovia, Mordovia
Республика Саха (Якутия) | Asia/Yakutsk | Саха, Якутия, Sakha Republic, Republic of Sakha (Yakutia), Sakha, Yakutia
Республика Северная Осетия — Алания | Europe/Moscow | Северная Осетия, Осетия, Алания, РСО — Алания, North Ossetia — Alania, Republic of North Ossetia — Alania, North Ossetia
Республика Татарстан | Europe/Moscow | Республика Татарстан (Татарстан), Татария, Republic of Tatarstan, Tatarstan
Республика Тыва | Asia/Krasnoyarsk | Тува, Tuva Republic, Tyva Republic, Republic of Tyva, Tuva, Tyva
Удмуртская Республика | Europe/Samara | Удмуртия, Udmurt Republic, Udmurtia
Республика Хакасия | Asia/Krasnoyarsk | Republic of Khakassia, Khakassia
Чеченская Республика | Europe/Moscow | Чечня, Chechen Republic, Chechnya
Чувашская Республика — Чувашия | Europe/Moscow | Чувашская Республика, Чувашия, Chuvash Republic, Chuvashia
Донецкая Народная Республика | Europe/Moscow | ДНР, Donetsk People's Republic
Луганская Народная Республика | Europe/Moscow | ЛНР, Luhansk People's Republic, Lugansk People's Republic
Алтайский край | Asia/Barnaul | Altai Krai
Забайкальский край | Asia/Chita | Забайкалье, Zabaykalsky Krai, Transbaikal Krai
Камчатский край | Asia/Kamchatka | Камчатка, Kamchatka Krai, Kamchatka
Краснодарский край | Europe/Moscow | Кубань, Krasnodar Krai
Красноярский край | Asia/Krasnoyarsk | Krasnoyarsk Krai
Пермский край | Asia/Yekaterinburg | Пермская область, Perm Krai
Приморский край | Asia/Vladivostok | Приморье, Primorsky Krai
Ставропольский край | Europe/Moscow | Ставрополье, Stavropol Krai
Хабаровский край | Asia/Vladivostok | Khabarovsk Krai
Амурская область | Asia/Yakutsk | Amur Oblast
Архангельская область | Europe/Moscow | Arkhangelsk Oblast
Астраханская область | Europe/Astrakhan | Astrakhan Oblast
Белгородская область | Europe/Moscow | Belgorod Oblast
Брянская область | Europe/Moscow | Bryansk Oblast
Владимирская область | Europe/Moscow | Vladimir Oblast
Волгоградская область | Europe/Volgograd | Volgograd Oblast
Вологодская область | Europe/Moscow | Vologda Oblast
Воронежская область | Europe/Moscow | Voronezh Oblast
Запорожская область | Europe/Moscow | Zaporozhye Oblast, Zaporizhzhia Oblast
Ивановская область | Europe/Moscow | Ivanovo Oblast
Иркутская область | Asia/Irkutsk | Irkutsk Oblast
Калининградская область | Europe/Kaliningrad | Kaliningrad Oblast
Калужская область | Europe/Moscow | Kaluga Oblast
Кемеровская область — Кузбасс | Asia/Novokuznetsk | Кемеровская область, Кузбасс, Kemerovo Oblast, Kuzbass
Кировская область | Europe/Kirov | Kirov Oblast
Костромская область | Europe/Moscow | Kostroma Oblast
Курганская область | Asia/Yekaterinburg | Kurgan Oblast
Курская область | Europe/Moscow | Kursk Oblast
Ленинградская область | Europe/Moscow | Leningrad Oblast
Липецкая область | Europe/Moscow | Lipetsk Oblast
Магаданская область | Asia/Magadan | Magadan Oblast
Московская область | Europe/Moscow | Подмосковье, Moscow Oblast
Мурманская область | Europe/Moscow | Murmansk Oblast
Нижегородская область | Europe/Moscow | Nizhny Novgorod Oblast
Новгородская область | Europe/Moscow | Novgorod Oblast
Новосибирская область | Asia/Novosibirsk | Novosibirsk Oblast
Омская область | Asia/Omsk | Omsk Oblast
Оренбургская область | Asia/Yekaterinburg | Orenburg Oblast
Орловская область | Europe/Moscow | Oryol Oblast, Orel Oblast
Пензенская область | Europe/Moscow | Penza Oblast
Псковская область | Europe/Moscow | Pskov Oblast
Ростовская область | Europe/Moscow | Rostov Oblast
Рязанская область | Europe/Moscow | Ryazan Oblast
Самарская область | Europe/Samara | Samara Oblast
Саратовская область | Europe/Saratov | Saratov Oblast
Сахалинская область | Asia/Sakhalin | Сахалин, Sakhalin Oblast, Sakhalin
Свердловская область | Asia/Yekaterinburg | Sverdlovsk Oblast
Смоленская область | Europe/Moscow | Smolensk Oblast
Тамбовская область | Europe/Moscow | Tambov Oblast
Тверская область | Europe/Moscow | Tver Oblast
Томская область | Asia/Tomsk | Tomsk Oblast
Тульская область | Europe/Moscow | Tula Oblast
Тюменская область | Asia/Yekaterinburg | Tyumen Oblast
Ульяновская область | Europe/Ulyanovsk | Ulyanovsk Oblast
Херсонская область | Europe/Moscow | Kherson Oblast
Челябинская область | Asia/Yekaterinburg | Chelyabinsk Oblast
Ярославская область | Europe/Moscow | Yaroslavl Oblast
Москва | Europe/Moscow | город федерального значения Москва, Moscow
Санкт-Петербург | Europe/Moscow | город федерального значения Санкт-Петербург, Петербург, СПб, Saint Petersburg, St. Petersburg
Севастополь | Europe/Simferopol | город федерального значения Севастополь, Sevastopol
Еврейская автономная область | Asia/Vladivostok | ЕАО, Jewish Autonomous Oblast
Ненецкий автономный округ | Europe/Moscow | НАО, Nenets Autonomous Okrug
Ханты-Мансийский автономный округ — Югра | Asia/Yekaterinburg | Ханты-Мансийский автономный округ, ХМАО, ХМАО — Югра, Югра, Khanty-Mansi Autonomous Okrug, Khanty-Mansi Autonomous Okrug — Yugra, Yugra
Чукотский автономный округ | Asia/Anadyr | Чукотка, ЧАО, Chukotka Autonomous Okrug, Chukotka
Ямало-Ненецкий автономный округ | Asia/Yekaterinburg | ЯНАО, Ямал, Yamalo-Nenets Autonomous Okrug, Yamal
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

const readSubject = (line: string): PresetDistrict => {
  const [name = '', zone = '', others = ''] = line.split(' | ')
  return { name, zone, otherNames: others.split(', '), note: NOTES[name] ?? null }
}

/** Every federal subject once, with the zone of its capital. */
export const RU_DISTRICTS: readonly PresetDistrict[] = SUBJECTS.trim().split('\n').map(readSubject)
