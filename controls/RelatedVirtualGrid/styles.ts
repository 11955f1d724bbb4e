import { mergeStyleSets, type ITheme } from '@fluentui/react';

export function stylesOf({ palette, fonts }: ITheme) {
  const quiet = { ...fonts.small, color: palette.neutralSecondary };
  return mergeStyleSets({
    root: { width: '100%', minWidth: 0, color: palette.neutralPrimary, textAlign: 'start' },
    head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: 8 },
    title: { ...fonts.medium, fontWeight: 600, margin: 0 },
    scroll: { overflowX: 'auto' },
    table: {
      ...fonts.medium,
      width: '100%',
      borderCollapse: 'collapse',
      selectors: {
        'th, td': {
          textAlign: 'start',
          verticalAlign: 'top',
          padding: '8px',
          overflowWrap: 'anywhere',
          whiteSpace: 'pre-line',
          unicodeBidi: 'plaintext',
          borderBlockEnd: `1px solid ${palette.neutralLight}`,
        },
        'thead th': { fontWeight: 600, whiteSpace: 'nowrap' },
        'tbody th': { fontWeight: 400 },
        'tbody tr:hover': { background: palette.neutralLighter },
      },
    },
    number: { textAlign: 'end !important', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
    foot: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8, paddingBlockStart: 4 },
    quiet,
    empty: { ...quiet, padding: '16px 0', textAlign: 'center' },
  });
}

export type Styles = ReturnType<typeof stylesOf>;
