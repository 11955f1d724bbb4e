/** A collection of the client API: items by position or by name. */
export function collection(items: () => readonly object[], nameOf = nameOfItem): object {
  return {
    get(which?: number | string | ((item: object, at: number) => boolean)) {
      if (which === undefined || which === null) return [...items()];
      if (typeof which === 'number') return items()[which] ?? null;
      if (typeof which === 'function') return items().filter(which);
      return items().find((one) => nameOf(one) === which) ?? null;
    },
    forEach: (each: (item: object, at: number) => void) => items().forEach(each),
    getLength: () => items().length,
  };
}

const nameOfItem = (item: object): string => (item as { getName(): string }).getName();

export type Handler = (context: unknown) => unknown;

export function removeHandler(handlers: Handler[] | undefined, handler: Handler): void {
  const at = handlers?.indexOf(handler) ?? -1;
  if (at >= 0) handlers!.splice(at, 1);
}
