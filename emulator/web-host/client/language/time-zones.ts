/** Time zone codes of the platform; times in a zone not named here are shown in UTC, as the service does. */
export const timeZones: Readonly<Record<number, string>> = {
  4: 'America/Los_Angeles',
  10: 'America/Denver',
  20: 'America/Chicago',
  35: 'America/New_York',
  85: 'Europe/London',
  92: 'UTC',
  95: 'Europe/Budapest',
  100: 'Europe/Warsaw',
  105: 'Europe/Paris',
  110: 'Europe/Berlin',
  190: 'Asia/Kolkata',
  210: 'Asia/Shanghai',
  235: 'Asia/Tokyo',
  255: 'Australia/Sydney',
};

/** Formats a user can choose: Windows locale ids. */
export const cultures: Readonly<Record<number, string>> = {
  1031: 'de-DE',
  1033: 'en-US',
  1036: 'fr-FR',
  1040: 'it-IT',
  1043: 'nl-NL',
  2055: 'de-CH',
  2057: 'en-GB',
  3079: 'de-AT',
  3082: 'es-ES',
};
