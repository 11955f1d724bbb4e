/** Keys of the resource file the view uses. A test holds every language against them. */
export const textKeys = [
  'Title',
  'InStep',
  'DiffersInOne',
  'DiffersInMany',
  'Column',
  'Here',
  'There',
  'Empty',
  'Reading',
  'NotHere',
  'NotThere',
  'NoAccountNumber',
  'NoCompany',
  'NoColumns',
  'Unreadable',
  'NoPermission',
  'Failed',
  'Refresh',
  'Checked',
] as const;
export type TextKey = (typeof textKeys)[number];

/** A text in the user's language, `{0}`, `{1}` … filled in. */
export type Text = (key: TextKey, ...values: readonly string[]) => string;
