/** Address 1 of an account is *delivery* in finance and operations, address 2 is *invoice*. */
export type AddressNumber = 1 | 2;
export const addressNumbers: readonly AddressNumber[] = [1, 2];

/** Columns of an address row; the account has each with `address1_` and `address2_` before it. */
const rowColumns = ['line1', 'city', 'stateorprovince', 'postalcode', 'county', 'country'] as const;

const columnOf = (number: AddressNumber, rowColumn: string) => `address${number}_${rowColumn}`;

export const addressColumns: readonly string[] = addressNumbers.flatMap((number) =>
  rowColumns.map((rowColumn) => columnOf(number, rowColumn)),
);

/** Columns for an address row, by the row's own names. */
export type AddressValues = Readonly<Record<string, string | null>>;

/** An address as the form holds it, and whether any part of it is not saved. A form may lack some of the columns. */
export interface FormAddress {
  readonly number: AddressNumber;
  readonly values: AddressValues;
  readonly isDirty: boolean;
  readonly isEmpty: boolean;
}

export function formAddresses(form: Xrm.FormContext): FormAddress[] {
  return addressNumbers.map((number) => {
    const found = rowColumns.flatMap((rowColumn) => {
      const attribute = form.getAttribute<Xrm.Attributes.StringAttribute>(columnOf(number, rowColumn));
      return attribute ? [{ rowColumn, value: attribute.getValue(), isDirty: attribute.getIsDirty() }] : [];
    });
    return {
      number,
      values: Object.fromEntries(found.map(({ rowColumn, value }) => [rowColumn, value || null])),
      isDirty: found.some(({ isDirty }) => isDirty),
      isEmpty: found.every(({ value }) => !value),
    };
  });
}

export function addressAttributes(form: Xrm.FormContext): Xrm.Attributes.Attribute[] {
  return addressColumns.flatMap((name) => form.getAttribute(name) ?? []);
}
