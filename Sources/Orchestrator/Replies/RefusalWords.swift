extension Refusal {
  /// What the person is told: what happened, and what to do about it.
  package var words: String {
    switch self {
    case .keyRejected:
      """
      I cannot answer right now: the OpenAI key of your organization was rejected by its provider. \
      Please ask your administrator to install a new key in the assistant's settings.
      """
    case .noKey:
      """
      I cannot answer right now: no OpenAI key is installed for your organization. \
      Please ask your administrator to install one in the assistant's settings.
      """
    case .keyUnavailable:
      """
      I cannot answer right now: the key of your organization could not be fetched from the secret \
      manager that keeps it. Please try again in a few minutes, or tell your administrator.
      """
    case .subscriptionEnded:
      """
      I cannot answer: your organization has no subscription. It has been cancelled, or has not \
      begun yet. Please ask your administrator.
      """
    case .quotaExhausted:
      """
      I cannot answer right now: the OpenAI account of your organization has no credit left. \
      Please ask your administrator to check its billing there.
      """
    case .providerUnavailable:
      """
      I cannot answer right now: the language model could not be reached or did not answer. \
      Please try again in a few minutes.
      """
    case .contentFiltered:
      """
      I cannot answer this: the content filter of your organization's model provider stopped it. \
      Please put your question in other words.
      """
    case .directoryUnavailable:
      """
      I cannot answer right now: your permissions could not be checked. \
      Please try again in a few minutes.
      """
    case .notAllowed:
      """
      I cannot answer you: your account is not set up for this assistant. \
      Please ask your administrator to give your department access.
      """
    case .deactivated:
      """
      I cannot answer you: your account has been deactivated in your organization's directory. \
      Please ask your administrator if this is a mistake.
      """
    case .tooLong:
      """
      Your question is too long for me. \
      Please shorten it to at most 8,000 characters and send it again.
      """
    case .tooMany:
      """
      I cannot answer right now: your organization asks more questions than it may in a minute. \
      Please try again in a minute.
      """
    }
  }
}
