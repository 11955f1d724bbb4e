import { addressParts, propertyOf, withField, type Addresses, type PropertyName } from './model';

/** What taking in the host's values came to: our own values arriving, something new, or nothing. */
export type Arrival = 'echo' | 'changed' | 'same';

/** What was handed to the host, and what of it the host does not show yet: it reads outputs later, and draws in between. */
export class HandedOut {
  /** Ever handed out: the only columns the host is given, so that one the user may not read is never emptied. */
  private readonly touched = new Set<PropertyName>();
  private readonly onItsWay = new Map<PropertyName, string>();

  /** @returns whether there is anything new in it */
  add(now: Addresses, next: Addresses): boolean {
    const changed = addressParts.filter(([side, field]) => next[side][field] !== now[side][field]);
    for (const [side, field] of changed) {
      this.touched.add(propertyOf(side, field));
      this.onItsWay.set(propertyOf(side, field), next[side][field]);
    }
    return changed.length > 0;
  }

  /** What the host is to write. Null empties a column. */
  outputs(values: Addresses): Partial<Record<PropertyName, string | null>> {
    const touched = addressParts.filter(([side, field]) => this.touched.has(propertyOf(side, field)));
    return Object.fromEntries(touched.map(([side, field]) => [propertyOf(side, field), values[side][field] || null]));
  }

  /** Keeps what is on its way; takes everything else from the host. */
  takeIn(own: Addresses, before: Addresses, now: Addresses): { values: Addresses; arrival: Arrival } {
    let values = own;
    let arrival: Arrival = 'same';
    for (const [side, field] of addressParts) {
      const property = propertyOf(side, field);
      const shown = now[side][field];
      const handed = this.onItsWay.get(property);
      if (handed !== undefined && shown !== handed && shown === before[side][field]) continue;
      this.onItsWay.delete(property);
      if (shown !== own[side][field]) arrival = 'changed';
      else if (handed !== undefined && arrival === 'same') arrival = 'echo';
      values = withField(values, side, field, shown);
    }
    return { values, arrival };
  }

  forget(): void {
    this.touched.clear();
    this.onItsWay.clear();
  }
}
