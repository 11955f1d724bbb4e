import { mergeStyleSets, type ITheme } from '@fluentui/react';

export function stylesOf({ palette, fonts }: ITheme) {
  const quiet = { ...fonts.small, color: palette.neutralSecondary };
  const forced = '@media (forced-colors: active)';
  const line = 5;
  return mergeStyleSets({
    root: { width: '100%', minWidth: 0, color: palette.neutralPrimary, textAlign: 'start' },
    bar: { display: 'flex', flexWrap: 'wrap', alignItems: 'end', gap: 12, padding: '4px 0' },
    filter: { minWidth: 150, flex: '0 1 200px' },
    end: { marginInlineStart: 'auto' },
    day: { ...fonts.medium, fontWeight: 600, margin: '16px 0 4px' },
    // The line is the list's own edge, so that it is there in forced colours, too.
    events: {
      listStyle: 'none',
      margin: 0,
      marginInlineStart: line,
      padding: 0,
      borderInlineStart: `2px solid ${palette.neutralLight}`,
    },
    event: { position: 'relative', padding: '8px 0 8px 20px', minWidth: 0 },
    dot: {
      position: 'absolute',
      insetInlineStart: -(line + 2),
      top: 14,
      width: 8,
      height: 8,
      border: `2px solid ${palette.themePrimary}`,
      background: palette.white,
      borderRadius: '50%',
      selectors: { [forced]: { borderColor: 'CanvasText', forcedColorAdjust: 'none' } },
    },
    // A square where the others are round: told apart without colour.
    data: { borderRadius: 0, borderColor: palette.neutralSecondary },
    head: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: 8 },
    what: { ...fonts.medium, fontWeight: 600 },
    amount: { fontVariantNumeric: 'tabular-nums', marginInlineStart: 'auto' },
    facts: { ...quiet, display: 'flex', flexWrap: 'wrap', columnGap: 12, margin: '2px 0 0', overflowWrap: 'anywhere' },
    tag: {
      ...quiet,
      border: `1px solid ${palette.neutralLight}`,
      borderRadius: 12,
      padding: '0 8px',
    },
    foot: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 8, paddingBlockStart: 8 },
    quiet,
    empty: { ...quiet, padding: '24px 0', textAlign: 'center' },
  });
}

export type Styles = ReturnType<typeof stylesOf>;
