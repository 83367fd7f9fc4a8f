extension Shape {
  static let waivers = Shape(
    "waivers",
    "Violations that are known, each with who answers for it and until when.",
    [Word("waivers", .text, required: true, "A list.")]
  )

  static let waiver = Shape(
    "waiver",
    "One violation that is known.",
    [
      Word("guarantee", .guarantee, required: true, "The promise, or 'check:' and a check's id."),
      Word("scenario", .text, required: true, "The file, as reports name it."),
      Word("reason", .text, required: true, "Why it is let be."),
      Word("owner", .text, required: true, "Who answers for it."),
      Word("expires", .text, required: true, "The last day on which it counts, 2026-12-31."),
    ]
  )
}
