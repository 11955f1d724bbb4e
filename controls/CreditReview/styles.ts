import { mergeStyleSets, type ITheme } from '@fluentui/react';

export function stylesOf({ palette, fonts, semanticColors }: ITheme) {
  const quiet = { ...fonts.small, color: palette.neutralSecondary };
  const forced = '@media (forced-colors: active)';
  return mergeStyleSets({
    root: { width: '100%', minWidth: 0, color: palette.neutralPrimary, textAlign: 'start', display: 'grid', gap: 16 },
    head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: 8 },
    title: { ...fonts.mediumPlus, fontWeight: 600, margin: 0 },
    cards: {
      display: 'grid',
      gap: 16,
      alignItems: 'start',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 280px), 1fr))',
    },
    stack: { display: 'grid', gap: 16, minWidth: 0 },
    card: {
      border: `1px solid ${palette.neutralLight}`,
      borderRadius: 8,
      padding: '8px 16px 16px',
      minWidth: 0,
      background: palette.white,
    },
    cardTitle: { ...fonts.medium, fontWeight: 600, margin: '4px 0 8px' },
    facts: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      columnGap: 12,
      rowGap: 6,
      margin: 0,
      selectors: {
        dt: { ...quiet, overflowWrap: 'anywhere' },
        dd: { margin: 0, textAlign: 'end', fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' },
      },
    },
    strong: { fontWeight: 600 },
    late: { fontWeight: 600, color: semanticColors.errorText },
    note: { ...quiet, margin: '8px 0 0', overflowWrap: 'anywhere' },
    bar: { marginBlockStart: 8 },
    table: {
      ...fonts.small,
      width: '100%',
      borderCollapse: 'collapse',
      marginBlockStart: 8,
      selectors: {
        'th, td': {
          textAlign: 'start',
          padding: '4px 8px',
          color: palette.neutralPrimary,
          borderBlockEnd: `1px solid ${palette.neutralLight}`,
        },
        'th:first-child': { paddingInlineStart: 0 },
        'thead th': { fontWeight: 600 },
        'tbody th': { fontWeight: 400 },
      },
    },
    number: { textAlign: 'end !important', fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
    scroll: { overflowX: 'auto' },
    legend: { ...quiet, display: 'flex', flexWrap: 'wrap', gap: 16, alignItems: 'center', margin: '4px 0' },
    swatch: { display: 'inline-block', width: 12, height: 12, marginInlineEnd: 6, verticalAlign: -1 },
    invoiced: {
      background: palette.themePrimary,
      fill: palette.themePrimary,
      selectors: { [forced]: { background: 'CanvasText', fill: 'CanvasText', forcedColorAdjust: 'none' } },
    },
    // An outline, not a second colour alone: told apart in black and white, too.
    paid: {
      border: `2px solid ${palette.neutralSecondary}`,
      boxSizing: 'border-box',
      fill: 'transparent',
      stroke: palette.neutralSecondary,
      strokeWidth: 2,
      selectors: { [forced]: { stroke: 'CanvasText', borderColor: 'CanvasText', forcedColorAdjust: 'none' } },
    },
    chart: { display: 'flex', alignItems: 'end', gap: 4, minWidth: 0, paddingBlockStart: 8 },
    month: {
      flex: '1 1 0',
      minWidth: 0,
      borderRadius: 4,
      padding: '4px 2px',
      textAlign: 'center',
      selectors: {
        ':focus': { outline: `2px solid ${palette.neutralPrimary}`, outlineOffset: 1 },
        ':hover': { background: palette.neutralLighter },
        svg: { display: 'block', width: '100%', height: 96 },
      },
    },
    monthName: { ...fonts.tiny, color: palette.neutralSecondary, overflow: 'hidden', whiteSpace: 'nowrap' },
    spoken: { ...quiet, minHeight: 20, margin: '4px 0 0' },
    buttons: { display: 'flex', flexWrap: 'wrap', gap: 8, marginBlockStart: 12 },
    consequence: { margin: '8px 0', display: 'grid', gap: 8 },
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
