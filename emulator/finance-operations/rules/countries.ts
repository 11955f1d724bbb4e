/** ISO 3166-1 alpha-2 code → country/region code of finance and operations (alpha-3), for the countries on file. */
const byIso: Readonly<Record<string, string>> = {
  AE: 'ARE',
  AR: 'ARG',
  AT: 'AUT',
  AU: 'AUS',
  BE: 'BEL',
  BG: 'BGR',
  BR: 'BRA',
  CA: 'CAN',
  CH: 'CHE',
  CL: 'CHL',
  CN: 'CHN',
  CO: 'COL',
  CZ: 'CZE',
  DE: 'DEU',
  DK: 'DNK',
  EE: 'EST',
  EG: 'EGY',
  ES: 'ESP',
  FI: 'FIN',
  FR: 'FRA',
  GB: 'GBR',
  GR: 'GRC',
  HK: 'HKG',
  HR: 'HRV',
  HU: 'HUN',
  ID: 'IDN',
  IE: 'IRL',
  IL: 'ISR',
  IN: 'IND',
  IS: 'ISL',
  IT: 'ITA',
  JP: 'JPN',
  KR: 'KOR',
  LT: 'LTU',
  LU: 'LUX',
  LV: 'LVA',
  MX: 'MEX',
  MY: 'MYS',
  NL: 'NLD',
  NO: 'NOR',
  NZ: 'NZL',
  PE: 'PER',
  PH: 'PHL',
  PL: 'POL',
  PT: 'PRT',
  RO: 'ROU',
  RS: 'SRB',
  SA: 'SAU',
  SE: 'SWE',
  SG: 'SGP',
  SI: 'SVN',
  SK: 'SVK',
  TH: 'THA',
  TR: 'TUR',
  TW: 'TWN',
  UA: 'UKR',
  US: 'USA',
  VN: 'VNM',
  ZA: 'ZAF',
};

const byCode = new Map(Object.entries(byIso).map(([iso, code]) => [code, iso]));

/** States on file; a country without an entry takes any text. */
export const states: Readonly<Record<string, readonly string[]>> = {
  USA: 'AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR'.split(
    ' ',
  ),
};

/** Form of a postal code by country. */
export const zipForms: Readonly<Record<string, RegExp>> = { USA: /^\d{5}(-\d{4})?$/, DEU: /^\d{5}$/ };

export const countryOfIso = (iso: string): string | undefined => byIso[iso.toUpperCase()];
export const isoOfCountry = (code: string): string | undefined => byCode.get(code.toUpperCase());
