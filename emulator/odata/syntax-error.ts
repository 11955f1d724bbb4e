/** OData text that cannot be read; `position` counts UTF-16 units from 0. */
export class ODataSyntaxError extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}
