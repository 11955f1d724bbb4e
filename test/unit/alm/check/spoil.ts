import { checkSolution } from '../../../../alm/check/check-solution.ts';
import { asPackage, soundTexts, type PackageTexts } from '../../../support/a-sound-solution.ts';

/** A change to the sound package. */
export type Spoil = (texts: PackageTexts) => void;

function once(text: string, from: string | RegExp, to: string): string {
  const spoiled = text.replace(from, () => to);
  if (spoiled === text) throw new Error(`The sound package has no ${from}.`);
  return spoiled;
}

/** Replaces the first place that fits in customizations.xml, solution.xml, or a file. */
export const inContent =
  (from: string | RegExp, to: string): Spoil =>
  (texts) =>
    void (texts.customizations = once(texts.customizations, from, to));
export const inManifest =
  (from: string | RegExp, to: string): Spoil =>
  (texts) =>
    void (texts.manifest = once(texts.manifest, from, to));
export const inFile =
  (name: string, from: string | RegExp, to: string): Spoil =>
  (texts) => {
    const path = pathOf(texts, name);
    texts.files[path] = once(String(texts.files[path]), from, to);
  };
export const withFile =
  (path: string, content: string | Buffer): Spoil =>
  (texts) =>
    void (texts.files[path] = content);
export const withoutFile =
  (name: string): Spoil =>
  (texts) =>
    void delete texts.files[pathOf(texts, name)];
export const all =
  (...spoils: Spoil[]): Spoil =>
  (texts) =>
    spoils.forEach((spoil) => spoil(texts));

function pathOf({ files }: PackageTexts, name: string): string {
  const path = Object.keys(files).find((one) => one.includes(name));
  if (path === undefined) throw new Error(`The sound package has no file ${name}.`);
  return path;
}

/** What the check finds in the spoiled package: rule, component, message. */
export function found(spoil: Spoil = () => {}, previous?: Spoil): { rule: string; at: string; message: string }[] {
  const texts = soundTexts();
  spoil(texts);
  const before = soundTexts();
  previous?.(before);
  const options = previous === undefined ? {} : { previous: asPackage(before) };
  return checkSolution(asPackage(texts), options).map(({ rule, at, message }) => ({ rule, at, message }));
}
