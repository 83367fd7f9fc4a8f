extension Vendor {
  /// Everybody who can be put under test by name: the honest vendor first.
  package static let all: [Vendor] = [
    honest, fallsBackToOwnKey, stepsInWhenBusy, embedsOnOwnAccount, keepsRemovedKey,
    swallowsRotation, hammersDeadKey, sharedAnswerCache, dropsFilterOnRetry, mixesUpTenants,
    logsTheKey, followsRedirects, losesInFlight, answersTwice, trustsAnyChannel,
    claimsPureIsHosted, callsOutWhenSelfHosted, addsMarkup, chargesForTokens, underReportsTokens,
    checksKeyBeforeAnswering, keepsFetchedKey, fetchesOnceAMinute, fallsBackToFetchedKey,
    embedsBesideAzure, sendsAzureKeyToOpenAI, carriesSecondKey, stepsInAtNight,
    embedsRarelyElsewhere, sendsLongPromptsElsewhere, mixesKeysUnderLoad, logsRejectedKeys,
    remembersDepartments, namesHiddenDocuments, hearsAtOneProcessOnly,
    paraphrasesHiddenDocuments, filtersAfterRanking, admitsWhatItHides, streamsByHiddenScore,
    sharedEmbeddingCache, routesByTheKey,
    innocentFinishingStream, innocentStandbyKey,
  ]

  /// The promises that a rogue breaks; none for the others.
  package var breaks: [String] {
    if case .rogue(let breaks) = kind { return breaks }
    return []
  }
}
