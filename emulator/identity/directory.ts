/** Who may ask for a token; filled by the start, which knows Dataverse. */
export interface Directory {
  /**
   * E-mail of the enabled user this name stands for: an e-mail, or the application (client) id of an application user.
   * Undefined for a name nobody has.
   */
  emailOf(name: string): string | undefined;
}
