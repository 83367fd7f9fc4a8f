import Evidence

/// No key is found, in the clear or in any encoding, on any surface that was searched: files,
/// logs, replies, settings pages, answers to deliveries, requests outside of their credential
/// header. Files and logs at least must have been searched, after a key had been installed; of a
/// vendor in a process of its own also its environment, arguments and output. A story
/// that was played twice with other values of the keys is judged by `NonInterference` as well.
enum EncryptedCustody {
  static let guarantee = Guarantee(
    id: "encrypted-custody",
    statement: "The key is nowhere in plaintext: database files, write-ahead logs, logs, error "
      + "bodies, settings pages, chat replies.",
    source: "The key is never stored in plaintext and is retrieved by the application only at the "
      + "time of an API call.",
    consequence: "Whoever reads a backup or a log can spend the customer's money and read with "
      + "its credentials.",
    check: check
  )

  private static let required: [Event.Surface] = [.storage, .log]
  private static let requiredOfProcess: [Event.Surface] = [.environment, .arguments, .output]

  static func check(_ story: Story) -> Finding {
    var breaches = Breaches()
    for sighting in story.sightings {
      guard case .key(let key) = sighting.of.subject else { continue }
      breaches.add(
        "\(story.keys.name(of: key)) was seen in \(sighting.of.place) "
          + "(\(sighting.of.surface.rawValue), \(sighting.of.encoding)).",
        events: [sighting.event],
        weight: sighting.of.encoding == "plain" ? 1 : 0
      )
    }
    let pair = NonInterference(story, of: .key)
    pair?.addBreaches(to: &breaches)
    let installed = story.keys.actions.count { $0.of.verb == .installKey && $0.of.succeeded }
    var items: [Event.Surface: Int] = [:]
    var bytes = 0
    for search in story.searches where search.of.texts == nil {
      items[search.of.surface, default: 0] += search.of.items
      bytes += search.of.bytes
    }
    let exercise =
      [Finding.Count("keys installed", installed)]
      + Event.Surface.allCases.map { Finding.Count("searched: \($0.rawValue)", items[$0] ?? 0) }
      + [Finding.Count("bytes searched", bytes)] + (pair?.exercise ?? [])
    return .judged(
      breaches,
      exercise: exercise,
      missing: missing(story, installed: installed, items: items) ?? pair?.missing,
      held: "No key was found in \(bytes.of("byte")) of "
        + Event.Surface.allCases.filter { items[$0] ?? 0 > 0 }.map(\.rawValue).listed
        + ", in the clear or encoded." + (pair?.held ?? "")
    )
  }

  private static func missing(
    _ story: Story,
    installed: Int,
    items: [Event.Surface: Int]
  ) -> String? {
    if installed == 0 { return "No key was installed." }
    let isProcess = story.facts.vendor == Facts.processVendor
    let unsearched = (required + (isProcess ? requiredOfProcess : [])).filter {
      items[$0] ?? 0 == 0
    }
    return unsearched.isEmpty ? nil : "Not searched: \(unsearched.map(\.rawValue).listed)."
  }
}
