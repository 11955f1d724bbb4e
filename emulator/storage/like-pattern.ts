/**
 * A SQL Server `like` pattern as SQLite's GLOB, which knows sets of characters. Matching is over folded text, so the
 * pattern is folded before.
 */
export function likeToGlob(pattern: string): string {
  return pattern.replace(/\[\^?[^\]]+\]|[%_*?[]/g, (part) => {
    if (part === '%') return '*';
    if (part === '_') return '?';
    if (part.length === 1) return `[${part}]`;
    return part;
  });
}

/** Text with the wildcards of `like` made literal. */
export function escapeLike(text: string): string {
  return text.replace(/[%_[]/g, (wildcard) => `[${wildcard}]`);
}
