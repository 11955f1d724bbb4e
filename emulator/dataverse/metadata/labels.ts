import type { Label } from './model.ts';

export const english = 1033;

/** The label in a language, else in English, else in any. */
export function labelIn(label: Label, language = english): string {
  return label[language] ?? label[english] ?? Object.values(label)[0] ?? '';
}

/** `Label` as the Web API's metadata writes it. */
export function labelDefinition(label: Label, metadataId: string, isManaged = true) {
  const localized = Object.entries(label).map(([code, text]) => ({
    Label: text,
    LanguageCode: Number(code),
    IsManaged: isManaged,
    MetadataId: metadataId,
    HasChanged: null,
  }));
  return {
    LocalizedLabels: localized,
    UserLocalizedLabel: localized.find((one) => one.LanguageCode === english) ?? localized[0] ?? null,
  };
}
