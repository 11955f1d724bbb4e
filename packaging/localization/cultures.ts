/**
 * Languages by Windows locale id with the name files are called after. Those Dataverse can be given, and the variants
 * solutions are found with; ids as in [MS-LCID].
 */
const cultures: Readonly<Record<number, string>> = {
  1025: 'ar-SA',
  1026: 'bg-BG',
  1027: 'ca-ES',
  1028: 'zh-TW',
  1029: 'cs-CZ',
  1030: 'da-DK',
  1031: 'de-DE',
  1032: 'el-GR',
  1033: 'en-US',
  1035: 'fi-FI',
  1036: 'fr-FR',
  1037: 'he-IL',
  1038: 'hu-HU',
  1039: 'is-IS',
  1040: 'it-IT',
  1041: 'ja-JP',
  1042: 'ko-KR',
  1043: 'nl-NL',
  1044: 'nb-NO',
  1045: 'pl-PL',
  1046: 'pt-BR',
  1048: 'ro-RO',
  1049: 'ru-RU',
  1050: 'hr-HR',
  1051: 'sk-SK',
  1053: 'sv-SE',
  1054: 'th-TH',
  1055: 'tr-TR',
  1057: 'id-ID',
  1058: 'uk-UA',
  1060: 'sl-SI',
  1061: 'et-EE',
  1062: 'lv-LV',
  1063: 'lt-LT',
  1066: 'vi-VN',
  1069: 'eu-ES',
  1081: 'hi-IN',
  1086: 'ms-MY',
  1087: 'kk-KZ',
  1110: 'gl-ES',
  2052: 'zh-CN',
  2055: 'de-CH',
  2057: 'en-GB',
  2058: 'es-MX',
  2070: 'pt-PT',
  2074: 'sr-Latn-CS',
  3076: 'zh-HK',
  3079: 'de-AT',
  3081: 'en-AU',
  3082: 'es-ES',
  3084: 'fr-CA',
  3098: 'sr-Cyrl-CS',
  4105: 'en-CA',
  9242: 'sr-Latn-RS',
  10266: 'sr-Cyrl-RS',
};

/** `de-DE` for 1031. */
export const cultureOf = (language: number): string | undefined => cultures[language];

/** 1031 for `de-DE` in any letter case, and for `1031`. */
export function languageOf(name: string): number | undefined {
  if (/^\d{4,5}$/.test(name)) return Number(name);
  const found = Object.entries(cultures).find(([, culture]) => culture.toLowerCase() === name.toLowerCase());
  return found && Number(found[0]);
}
