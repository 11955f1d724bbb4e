const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it may stand in XML, between tags and between double quotes. */
export const escapeXml = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character]!);
