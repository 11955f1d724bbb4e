import * as React from 'react';

/** Small drawings of our own: no icon font has to be there for the meaning to show. The text beside them says it too. */
const paths = {
  same: 'M6.2 11.6 2.9 8.3l1-1 2.3 2.3 5.9-5.9 1 1z',
  differs: 'M2 5h8.6L8.3 2.7l1-1L13.6 6H2V5zm12 6H5.4l2.3 2.3-1 1L2.4 10H14v1z',
} as const;

export function Mark({ of, className }: { of: keyof typeof paths; className?: string }): React.ReactElement {
  return (
    <svg
      className={className}
      width="16"
      height="16"
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      style={{ flexShrink: 0 }}
    >
      <path d={paths[of]} fill="currentColor" />
    </svg>
  );
}
