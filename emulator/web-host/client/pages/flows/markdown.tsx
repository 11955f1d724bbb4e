import * as React from 'react';
import { Link } from '@fluentui/react';
import Markdown from 'markdown-to-jsx/react';

/**
 * Markdown that a flow was given, drawn as elements: it may hold anything a stranger wrote. HTML in it is text, links lead to
 * the web or to a mail, images are their description: nothing is run, and nothing is fetched.
 */
export function MarkdownText({ text }: { readonly text: string }): React.ReactElement {
  return (
    <div className="markdown">
      <Markdown options={options}>{text}</Markdown>
    </div>
  );
}

const SafeLink: React.FC<{ href?: string }> = ({ href, children }) =>
  href !== undefined && /^(https?:\/\/|mailto:)/i.test(href) ? (
    <Link href={href} target="_blank" rel="noreferrer">
      {children}
    </Link>
  ) : (
    <>{children}</>
  );

const Description = ({ alt }: { readonly alt?: string }) => <em>{alt}</em>;

/** A title of the text stands below that of the request. */
const heading = (level: number): React.FC =>
  function Heading({ children }) {
    return React.createElement(`h${Math.min(level + 2, 6)}`, {}, children);
  };

const options = {
  disableParsingRawHTML: true,
  disableFrontmatter: true,
  forceBlock: true,
  overrides: {
    a: { component: SafeLink },
    img: { component: Description },
    ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`h${level}`, { component: heading(level) }])),
  },
};
