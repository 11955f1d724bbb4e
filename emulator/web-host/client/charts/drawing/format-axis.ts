import { userCulture } from '../../language/formats';

/** Short, as axes have it: 12K, 3.5M. */
export const formatAxis = (value: number): string =>
  new Intl.NumberFormat(userCulture(), { notation: 'compact', maximumFractionDigits: 2 }).format(value);
