extension Notice {
  package var words: String {
    switch self {
    case .help:
      """
      I answer questions from the documents that everybody in this conversation may read. \
      Ask me in plain words. Under an answer are its sources and buttons: say whether it \
      helped, or have your question asked again.

      - **/help** shows this.
      - **/forget** erases what was asked and answered in this conversation so far.
      """
    case .forgotten:
      """
      I have forgotten this conversation: what was asked and answered here so far is erased from \
      my records.
      """
    }
  }
}
