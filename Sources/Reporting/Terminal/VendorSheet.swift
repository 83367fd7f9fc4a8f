import Guarantees

/// All about one vendor, and what a story must have in it to catch it.
package struct VendorSheet: Sendable {
  package var name: String
  package var summary: String
  /// What really happened, somewhere.
  package var incident: String?
  /// Promises that it breaks.
  package var breaks: [String]
  /// Stories in which it shows, with what they are made of.
  package var stories: [String]

  package init(
    name: String,
    summary: String,
    incident: String?,
    breaks: [String],
    stories: [String]
  ) {
    self.name = name
    self.summary = summary
    self.incident = incident
    self.breaks = breaks
    self.stories = stories
  }

  package func text(_ layout: TerminalText) -> String {
    var lines = [layout.paint(name, .bold)]
    func add(_ heading: String, _ paragraphs: [String]) {
      guard !paragraphs.isEmpty else { return }
      lines += ["", layout.paint(heading, .bold)]
      for paragraph in paragraphs { lines += layout.wrapped(paragraph, indent: 2) }
    }
    add("What it does", [summary])
    add("Modelled on", incident.map { [$0] } ?? [])
    add(
      "A story catches it where that comes about, and each promise is put to the test",
      breaks.map { "\($0): \(Catalogue.entry($0)?.exercised ?? "")" }
    )
    add("It shows in", stories)
    return lines.joined(separator: "\n") + "\n"
  }
}
