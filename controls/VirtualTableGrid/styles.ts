import { mergeStyleSets, type ITheme } from '@fluentui/react';

export function stylesOf({ palette, fonts }: ITheme) {
  const quiet = { ...fonts.small, color: palette.neutralSecondary };
  return mergeStyleSets({
    root: { width: '100%', minWidth: 0, color: palette.neutralPrimary, textAlign: 'start' },
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: 8,
      padding: '4px 0',
    },
    company: { display: 'flex', alignItems: 'center', gap: 8, minWidth: 0, ...quiet },
    rows: {
      overflowX: 'auto',
      minHeight: 48,
      selectors: {
        '.ms-DetailsHeader': { paddingTop: 0 },
        '.ms-DetailsRow-cell': { ...fonts.medium, color: palette.neutralPrimary },
      },
    },
    number: { display: 'block', textAlign: 'end', fontVariantNumeric: 'tabular-nums' },
    foot: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: 8,
      padding: '4px 0',
    },
    pager: { display: 'flex', alignItems: 'center', gap: 4, ...quiet },
    quiet,
    empty: { ...quiet, padding: '24px 0', textAlign: 'center' },
    cards: { listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 8 },
    card: { border: `1px solid ${palette.neutralLight}`, borderRadius: 4, padding: 12 },
    pair: {
      display: 'grid',
      gridTemplateColumns: '40% 1fr',
      gap: 8,
      margin: '4px 0 0',
      overflowWrap: 'anywhere',
      selectors: { dt: quiet, dd: { margin: 0 } },
    },
  });
}

export type Styles = ReturnType<typeof stylesOf>;
