/** Tokens of the host's theme, by name; any may be missing. */
export type Tokens = Readonly<Record<string, string | undefined>>;

/** Slot of a Fluent UI 8 palette → token of the theme the host gives. */
const slots: Readonly<Record<string, string>> = {
  themePrimary: 'colorBrandBackground',
  themeSecondary: 'colorBrandForeground1',
  // Fluent UI 8 draws icons in it, so it must stand out from the ground in a dark theme too.
  themeDarkAlt: 'colorBrandForeground1',
  themeDark: 'colorBrandBackgroundPressed',
  themeDarker: 'colorBrandForegroundLinkPressed',
  white: 'colorNeutralBackground1',
  neutralLighterAlt: 'colorNeutralBackground2',
  neutralLighter: 'colorNeutralBackground3',
  neutralLight: 'colorNeutralStroke2',
  neutralQuaternaryAlt: 'colorNeutralBackground5',
  neutralQuaternary: 'colorNeutralStroke1',
  neutralTertiaryAlt: 'colorNeutralStroke1',
  neutralTertiary: 'colorNeutralForegroundDisabled',
  neutralSecondary: 'colorNeutralForeground3',
  neutralPrimaryAlt: 'colorNeutralForeground2',
  neutralPrimary: 'colorNeutralForeground1',
  neutralDark: 'colorNeutralForeground1',
  black: 'colorNeutralForeground1',
  redDark: 'colorPaletteRedForeground1',
  green: 'colorPaletteGreenForeground1',
};

/** The host's theme as slots of a Fluent UI 8 palette; a slot whose token is missing keeps the default. */
export function paletteOf(tokens: Tokens): Record<string, string> {
  const palette: Record<string, string> = {};
  for (const [slot, token] of Object.entries(slots)) {
    const color = tokens[token];
    if (typeof color === 'string' && color !== '') palette[slot] = color;
  }
  return palette;
}

/** Colours of messages: without these a dark form would show Fluent UI's light bars. */
export function messageColors(tokens: Tokens): Record<string, string> {
  const colors: Record<string, string | undefined> = {
    errorText: tokens['colorPaletteRedForeground1'],
    errorBackground: tokens['colorPaletteRedBackground1'],
    warningBackground: tokens['colorPaletteYellowBackground1'],
    successBackground: tokens['colorPaletteGreenBackground1'],
    successIcon: tokens['colorPaletteGreenForeground1'],
    infoBackground: tokens['colorNeutralBackground3'],
    errorIcon: tokens['colorPaletteRedForeground1'],
    warningIcon: tokens['colorNeutralForeground2'],
    infoIcon: tokens['colorNeutralForeground3'],
    messageText: tokens['colorNeutralForeground1'],
  };
  return Object.fromEntries(Object.entries(colors).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
