import { attribute, child, elements, type XmlElement } from '../../../packaging/index.ts';
import type { Label } from '../metadata/model.ts';

/** Labels of a list element, e.g. `LocalizedNames` or `displaynames`: text per language code. */
export function readLabels(list: XmlElement | undefined): Label {
  if (list === undefined) return {};
  return Object.fromEntries(
    elements(list).map((one) => [Number(attribute(one, 'languagecode') ?? 1033), attribute(one, 'description') ?? '']),
  );
}

export function readChildLabels(parent: XmlElement | undefined, name: string): Label {
  return readLabels(child(parent, name));
}
