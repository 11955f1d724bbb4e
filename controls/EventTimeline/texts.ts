/** Keys of the resource file the view uses. A test holds every language against them. */
export const textKeys = [
  'Title',
  'Kind',
  'AllKinds',
  'Business',
  'Data',
  'Event',
  'AllEvents',
  'Loading',
  'Empty',
  'EmptyFiltered',
  'NoPermission',
  'Failed',
  'Retry',
  'Refresh',
  'More',
  'Shown',
  'ShownOfMore',
  'ShownOfTotal',
  'NoDay',
  'OpenEvent',
] as const;
export type TextKey = (typeof textKeys)[number];

/** A text in the user's language, `{0}`, `{1}` … filled in. */
export type Text = (key: TextKey, ...values: readonly string[]) => string;
