import type { ITheme } from '@fluentui/react';

interface Tokens {
  readonly [name: string]: string | undefined;
}

/** Fluent 8 palette from the host's tokens; undefined keeps the host's own theme. */
export function themeOf(context: unknown): Partial<ITheme> | undefined {
  const tokens = (context as { fluentDesignLanguage?: { tokenTheme?: Tokens } }).fluentDesignLanguage?.tokenTheme;
  if (tokens === undefined) return undefined;
  const slots: Record<string, string> = {
    themePrimary: 'colorBrandBackground',
    themeDarkAlt: 'colorBrandBackgroundHover',
    themeDark: 'colorBrandBackgroundPressed',
    white: 'colorNeutralBackground1',
    neutralLighter: 'colorNeutralBackground3',
    neutralLight: 'colorNeutralStroke2',
    neutralTertiaryAlt: 'colorNeutralStroke1',
    neutralSecondary: 'colorNeutralForeground2',
    neutralPrimary: 'colorNeutralForeground1',
    neutralDark: 'colorNeutralForeground1',
    black: 'colorNeutralForeground1',
  };
  const palette: Record<string, string> = {};
  for (const slot of Object.keys(slots)) {
    const value = tokens[slots[slot]!];
    if (value !== undefined) palette[slot] = value;
  }
  return { palette } as unknown as Partial<ITheme>;
}
