extension Vendor {
  /// Everybody who can be put under test by name: the honest vendor first.
  package static let all: [Vendor] = [honest] + rogues + innocents

  /// In the order of the promises that they break first.
  private static let rogues: [Vendor] = [
    // Their own account, where the customer's key does not serve.
    fallsBackToOwnKey, stepsInWhenBusy, helpsOutWithoutKey, helpsOutWhenLocked,
    helpsOutWithoutCredit, hedgesSlowCalls, believesTheSwitch,
    // Their own account, for a part that nobody looks at.
    embedsOnOwnAccount, embedsBesideAzure, embedsRarelyElsewhere, sendsLongPromptsElsewhere,
    stepsInAtNight, cheatsOnSecondReplica, servesOnePlatformItself, indexesElsewhere,
    overflowsToItself, changesAfterTrial, behavesWhenWatched, titlesElsewhere, moderatesElsewhere,
    claimsPureIsHosted, callsOutWhenSelfHosted,
    // The customer's key, for others.
    spendsCustomersKey, mixesKeysUnderLoad, lendsKeys,
    // After a revocation.
    keepsRemovedKey, hearsAtOneProcessOnly, hammersDeadKey, probesByTheClock, answersFromStore,
    refusesVaguely, waitsInSilence, letsWaitingMessagesRot, hammersWhileMessagesWait,
    helpsOutAfterTheWait, tellsNobody, tellsTwice, tellsContactTheKey,
    // At a rotation.
    swallowsRotation, embedsWithOldKey, blamesNewKey, installsUntried, coolsDown, losesKnowledge,
    losesInFlight, stopsAtOnce, wakesWaitingMessagesLate, waitsOutRotations,
    // What people may see.
    sharedAnswerCache, answersByLikeness, offByOneAfterError, remembersForEverybody,
    dropsFilterOnRetry, letsQuestionsNameBases, opensBasesForLongQuestions, remembersDepartments,
    mixesUpTenants, sharesCacheAcrossCustomers, splicesPrompts, namesHiddenDocuments,
    // What no marker shows.
    paraphrasesHiddenDocuments, filtersAfterRanking, admitsWhatItHides, streamsByHiddenScore,
    sharedEmbeddingCache, routesByTheKey,
    // What engineers see.
    showsKeyForDebugging, showsKeyInConfiguration,
    // Who may ask.
    answersTwice, trustsAnyChannel, knowsTokensByBeginning,
    // Where a key comes to light, or travels.
    logsTheKey, logsRejectedKeys, spoolsKeys, writesCrashReports, tellsPeopleTheKey,
    showsKeyInSettings, countsByTheKey, followsRedirects, carriesSecondKey, putsKeyInAddress,
    tracesHeaders,
    sendsAzureKeyToOpenAI, sendsNameForKey,
    // A key that a secret manager keeps.
    keepsFetchedKey, fetchesOnceAMinute, fetchesOnceAMessage, fetchesForNothing,
    fallsBackToFetchedKey,
    // What people asked, where a contract forbids to keep it.
    logsQuestions, logsFailedQuestions, keepsTraces, forgetsOnPaper, sendsQuestionsToAnalytics,
    // What it costs, and how long it takes.
    addsMarkup, chargesForTokens, marksUpSeatTokensTwice, roundsUpSeats, underReportsTokens,
    hidesEmbeddings,
    booksOnNewestKey, checksKeyBeforeAnswering, lengthensCustomersPrompts, queuesCustomersKeys,
  ]

  private static let innocents: [Vendor] = [
    innocentFinishingStream, innocentStandbyKey, innocentThirdTry, innocentMinuteProbe,
    innocentRepetition, innocentPublicKnowledge, innocentLateThanks, innocentPatience,
    innocentLogOfNames, innocentLogOfSizes,
  ]

  /// The promises that a rogue breaks; none for the others.
  package var breaks: [String] {
    if case .rogue(let breaks) = kind { return breaks }
    return []
  }
}
