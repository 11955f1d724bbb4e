/** Keys of the resource file the view uses. A test holds every language against them. */
export const textKeys = [
  'Company',
  'AllCompanies',
  'Loading',
  'Empty',
  'EmptyCompany',
  'NoColumns',
  'NoPermission',
  'Failed',
  'Retry',
  'Refresh',
  'Previous',
  'Next',
  'Page',
  'Range',
  'RangeOfTotal',
  'Open',
  'SortedAscending',
  'SortedDescending',
  'SelectAll',
  'SelectRow',
] as const;
export type TextKey = (typeof textKeys)[number];

/** A text in the user's language, `{0}`, `{1}` … filled in. */
export type Text = (key: TextKey, ...values: readonly string[]) => string;
