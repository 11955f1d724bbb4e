import { mergeStyleSets, type ITheme } from '@fluentui/react';

export function stylesOf({ palette, fonts }: ITheme) {
  return mergeStyleSets({
    root: { width: '100%', color: palette.neutralPrimary, textAlign: 'start' },
    table: {
      ...fonts.small,
      width: '100%',
      borderCollapse: 'collapse',
      marginBlockStart: 8,
      tableLayout: 'fixed',
      selectors: {
        'th, td': {
          textAlign: 'start',
          verticalAlign: 'top',
          padding: '6px 8px',
          overflowWrap: 'anywhere',
          whiteSpace: 'pre-line',
          unicodeBidi: 'plaintext',
          color: palette.neutralPrimary,
          borderBlockEnd: `1px solid ${palette.neutralLight}`,
        },
        'thead th': { fontWeight: 600, color: palette.neutralSecondary },
        'tbody th': { fontWeight: 400 },
      },
    },
    foot: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8 },
    quiet: { ...fonts.small, color: palette.neutralSecondary },
    hidden: {
      position: 'absolute',
      width: 1,
      height: 1,
      margin: -1,
      overflow: 'hidden',
      clipPath: 'inset(50%)',
      whiteSpace: 'nowrap',
    },
  });
}

export type Styles = ReturnType<typeof stylesOf>;
