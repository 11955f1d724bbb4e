import { mergeStyleSets, type ITextFieldStyles, type ITheme } from '@fluentui/react';

/** Fields filled and without a frame, as in model-driven forms. The transparent frame shows in forced colours. */
export function fieldStyles({ palette }: ITheme): Partial<ITextFieldStyles> {
  return {
    fieldGroup: {
      background: palette.neutralLighter,
      border: '1px solid transparent',
      borderRadius: 4,
      selectors: { ':hover': { borderColor: palette.neutralQuaternary } },
    },
    field: { background: 'transparent', color: palette.neutralPrimary },
  };
}

/** Grows with its text, which other languages make longer. */
export const buttonStyles = { root: { height: 'auto', minHeight: 32, padding: '4px 16px', borderRadius: 4 } };

export const labelStyles = { root: { fontWeight: 400, padding: '4px 0 4px' } };

export function stylesOf({ palette, fonts }: ITheme) {
  const quiet = { ...fonts.small, color: palette.neutralSecondary };
  return mergeStyleSets({
    root: { width: '100%', color: palette.neutralPrimary, textAlign: 'start' },
    bar: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: 8,
      marginBlockEnd: 8,
      justifyContent: 'space-between',
    },
    generation: {
      ...quiet,
      border: `1px solid ${palette.neutralLight}`,
      borderRadius: 12,
      padding: '2px 10px',
      overflowWrap: 'anywhere',
    },
    commands: { display: 'flex', flexWrap: 'wrap', alignItems: 'center' },
    cards: { display: 'grid', gap: 16, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))' },
    card: {
      border: `1px solid ${palette.neutralLight}`,
      borderRadius: 8,
      padding: '4px 16px 16px',
      margin: 0,
      minWidth: 0,
      background: palette.white,
    },
    // Floating takes the legend off the frame and into the card.
    legend: { ...fonts.mediumPlus, fontWeight: 600, padding: '8px 0 4px', float: 'left', width: '100%' },
    fields: {
      clear: 'both',
      display: 'grid',
      columnGap: 12,
      rowGap: 4,
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 120px), 1fr))',
    },
    wide: { gridColumn: '1 / -1' },
    held: {
      ...quiet,
      display: 'flex',
      gap: 6,
      alignItems: 'flex-start',
      marginBlockStart: 4,
      overflowWrap: 'anywhere',
    },
    heldText: { whiteSpace: 'pre-line', unicodeBidi: 'plaintext' },
    differs: { color: palette.themeDarkAlt },
    standing: { borderBlockStart: `1px solid ${palette.neutralLight}`, marginBlockStart: 12, paddingBlockStart: 12 },
    standingLine: { display: 'flex', gap: 8, alignItems: 'center', fontWeight: 600 },
    same: { color: palette.green },
    heldLine: { ...quiet, marginBlockStart: 4, overflowWrap: 'anywhere', unicodeBidi: 'plaintext', textAlign: 'start' },
    message: { marginBlockEnd: 8 },
    actions: { display: 'flex', flexWrap: 'wrap', gap: 8, marginBlockStart: 12, alignItems: 'center' },
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
