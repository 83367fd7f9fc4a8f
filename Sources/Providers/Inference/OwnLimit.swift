import HTTPTypes

/// What a provider took for a call from limits that are its own.
struct OwnAllowance {
  /// What the headers of the answer say of it.
  var headers = HTTPFields()
  /// Undoes it, where the call is refused after all.
  var giveBack: () -> Void = {}
}

/// Takes a call's tokens, beside the limits that a behaviour sets: those of its prompt, and those
/// of the longest answer it asked for, if it states one. Throws where they are used up.
typealias OwnLimit = (_ prompt: Int, _ answer: Int?) throws -> OwnAllowance
