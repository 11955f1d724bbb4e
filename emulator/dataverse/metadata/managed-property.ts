/** A managed property as the Web API writes it. Nothing here limits what solutions may change, so all can be changed. */
export const managedProperty = (Value: boolean, ManagedPropertyLogicalName: string) => ({
  Value,
  CanBeChanged: true,
  ManagedPropertyLogicalName,
});

/** JSON of a definition, by property name. */
export type Definition = Record<string, unknown>;
