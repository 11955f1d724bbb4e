import { messageColors, paletteOf, type Tokens } from './palette';

/** What Fluent UI 8 takes as a partial theme. */
export interface HostTheme {
  readonly palette: Record<string, string>;
  readonly semanticColors: Record<string, string>;
  readonly isInverted: boolean;
  readonly rtl: boolean;
  readonly defaultFontStyle?: { readonly fontFamily: string };
}

let last:
  { readonly tokens: Tokens; readonly isDark: boolean; readonly rtl: boolean; readonly theme: HostTheme } | undefined;

/**
 * The host's theme for Fluent UI 8, the same object as long as the host's is the same: a new one would draw everything anew.
 *
 * @param design `context.fluentDesignLanguage`; absent where modern theming is off
 * @returns undefined where the host has no theme: what is around the control then holds
 */
export function themeOf(
  design: { tokenTheme?: unknown; isDarkTheme?: boolean } | undefined,
  rtl: boolean,
): HostTheme | undefined {
  const tokens = design?.tokenTheme as Tokens | undefined;
  if (tokens === undefined || tokens === null) return undefined;
  const isDark = design?.isDarkTheme === true;
  if (last?.tokens === tokens && last.isDark === isDark && last.rtl === rtl) return last.theme;
  const fontFamily = tokens['fontFamilyBase'];
  const theme: HostTheme = {
    palette: paletteOf(tokens),
    semanticColors: messageColors(tokens),
    isInverted: isDark,
    rtl,
    ...(fontFamily === undefined ? {} : { defaultFontStyle: { fontFamily } }),
  };
  last = { tokens, isDark, rtl, theme };
  return theme;
}
