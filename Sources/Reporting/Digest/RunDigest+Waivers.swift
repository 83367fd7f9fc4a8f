import Guarantees

extension RunDigest {
  /// The file of waivers in a report's folder, as it was read.
  static let waiverFile = "waivers.yaml"

  /// What must be said of waivers in the same breath as the answer.
  var waiverReservations: [String] {
    var sentences: [String] = []
    let waived = run.guarantees.count { $0.verdict == .violated && $0.isWaived }
    if waived > 0 {
      let broken = count(.violated)
      sentences.append(
        (waived == broken
          ? broken == 1 ? "It is" : "They are" : "\(waived) of them \(waived == 1 ? "is" : "are")")
          + " known and excused until a day by somebody who answers for it, and broken all the "
          + "same."
      )
    }
    let failing = run.waivers.compactMap(\.complaint)
    if failing.count == 1 { sentences.append(failing[0].capitalisedFirst + ".") }
    if failing.count > 1 {
      sentences.append("\(failing.count) waivers have expired or are no longer needed.")
    }
    return sentences
  }
}

extension String {
  /// With its first letter in upper case, for the beginning of a sentence.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
