import Guarantees

extension ReportVerifier.Account {
  /// For the terminal: what was checked, and what of it nobody can check.
  package var text: String {
    var lines = [
      "The report fits its evidence: \(Words.count(files, "file", "files")) with their digests, "
        + "\(Words.count(logs, "log", "logs")) with \(events) chained events, "
        + "\(verdicts) verdicts worked out again.",
      "It says: \(answer)",
      "Signed by the key \(signer)"
        + (isSignerKnown
          ? ", which you named."
          : ", which the report itself brings: compare the id with one that you have from its "
            + "holder, or name the key with --key."),
    ]
    if !shards.isEmpty {
      let parts = shards.map { "\($0.shard) by \($0.signer)" }.joined(separator: ", ")
      lines.append(
        "Merged from parts that others may have played; each log is signed for by one: \(parts)."
      )
    }
    if let challenge {
      lines.append(
        "Challenge: “\(PlainText.line(challenge, limit: 400))”, with the seed \(seed)"
          + (seed == 1 ? "." : ", which is not the standard seed: whoever ran it has chosen it.")
      )
    } else {
      lines.append("No challenge: the seed \(seed) was known before, and its luck may be picked.")
    }
    lines += [ProofNotes.signature, ProofNotes.evidence, ProofNotes.sightings]
    return lines.joined(separator: "\n")
  }
}

extension IncompleteReport {
  package var text: String {
    var lines = [
      "Incomplete: this run was ended before its report was written, so it gives no verdict.",
      "It was about \(PlainText.line(subject, limit: 300)), with the seed "
        + "\(PlainText.line(seed, limit: 40)).",
    ]
    lines += logs.map { log in
      "  \(PlainText.line(log.name, limit: 200)): \(log.events) valid events, "
        + (log.isComplete ? "the whole story" : "the story was not over")
    }
    return lines.joined(separator: "\n")
  }
}
