import Evidence
import Guarantees
import Worlds

/// Reads a timeline out of a history in one pass.
struct TimelineReader {
  private static let markLimit = 60

  private var timeline: Timeline
  private let words: EventWords
  private var upSince: Timestamp?
  private var sawVendor = false
  private var settings: [String: (label: String, since: Timestamp)] = [:]
  private var tracks: [String: [Timeline.Bar]] = [:]
  private var living: [(key: String, bar: Timeline.Bar)] = []
  private var openFaults: [(name: String, since: Timestamp)] = []

  static func timeline(of history: History, findings: [GuaranteeFinding]) -> Timeline {
    var reader = TimelineReader(history)
    for event in history.events {
      reader.read(event)
    }
    reader.finish(history, findings: findings)
    return reader.timeline
  }

  private init(_ history: History) {
    timeline = Timeline(
      title: history.facts.scenario,
      start: history.facts.startedAt,
      end: history.storyEnd,
      note: "the story ends after "
        + Words.roughly(history.storyEnd - history.facts.startedAt)
    )
    words = EventWords(history: history)
  }

  private mutating func read(_ event: Event) {
    let at = max(event.at, timeline.start)
    guard at <= timeline.end else { return }
    switch event.kind {
    case .messageSent: timeline.asked.append(at)
    case .reply(let reply):
      switch reply.nature {
      case .answer: timeline.answered.append(at)
      case .notice: timeline.told.append(at)
      case .partial: break
      }
    case .providerCall(let call): read(call, at: max(call.authenticatedAt, timeline.start))
    case .keyCreated(let created):
      let bar = Timeline.Bar(label: created.name, from: at, to: timeline.end)
      living.append((key: "\(created.key)", bar: bar))
      mark(event, at, .provider, .made)
    case .keyEnded(let ended):
      let key = "\(ended.key)"
      if let index = living.firstIndex(where: { $0.key == key }) { living[index].bar.to = at }
      mark(event, at, .provider, .ended)
    case .adminAction(let action): read(action, of: event, at: at)
    case .vendor(let change): read(change, of: event, at: at)
    case .fault(let fault): read(fault, of: event, at: at)
    case .personMoved, .memberChanged: mark(event, at, .people, .plain, isWeighty: false)
    case .documentChanged: mark(event, at, .vendor, .plain, isWeighty: false)
    case .buttonPressed: mark(event, at, .people, .plain, isWeighty: false)
    case .impostor: mark(event, at, .people, .plain, isWeighty: false)
    case .sighting(let sighting):
      guard case .key = sighting.subject else { return }
      mark(event, at, .store, .ended)
    case .secretChanged: mark(event, at, .store, .made)
    case .inspection(let inspection):
      guard !inspection.shown.isEmpty else { return }
      mark(event, at, .store, .ended)
    case .delivery, .exchange, .secretAccess, .searched, .expectation, .latencyPair, .latencyPlan,
      .latencySchedule, .pairPlan, .pairRow, .ledgerRow, .usageLine, .invoiceLine, .providerReport,
      .storyEnded:
      break
    }
  }

  private mutating func read(_ call: Event.ProviderCall, at: Timestamp) {
    switch call.outcome {
    case .completed: timeline.callsPassed.append(at)
    case .cutOff: timeline.callsCutOff.append(at)
    case .refused: timeline.callsRefused.append(at)
    }
  }

  private mutating func read(_ action: Event.AdminAction, of event: Event, at: Timestamp) {
    switch action.verb {
    case .installKey:
      if action.succeeded {
        closeSetting(of: action.tenant, at: at)
        let label = action.key.map { words.keyLabel("\($0)") } ?? "a key"
        settings[action.tenant] = (label: label, since: at)
      }
      mark(event, at, .store, action.succeeded ? .made : .plain)
    case .removeKey:
      if action.succeeded { closeSetting(of: action.tenant, at: at) }
      mark(event, at, .store, .ended)
    case .checkKey, .installStandby: mark(event, at, .store, .plain, isWeighty: false)
    case .startSubscription: mark(event, at, .vendor, .made)
    case .cancelSubscription: mark(event, at, .vendor, .ended)
    case .uploadDocument, .removeDocument: break
    }
  }

  private mutating func closeSetting(of tenant: String, at: Timestamp) {
    guard let setting = settings.removeValue(forKey: tenant) else { return }
    let bar = Timeline.Bar(label: setting.label, from: setting.since, to: at)
    tracks[tenant, default: []].append(bar)
  }

  private mutating func read(_ change: Event.VendorChange, of event: Event, at: Timestamp) {
    switch change {
    case .started:
      if sawVendor { mark(event, at, .vendor, .made) }
      upSince = at
    case .stopped, .crashed:
      closeUptime(at: at)
      if at < timeline.end { mark(event, at, .vendor, .ended) }
    }
    sawVendor = true
  }

  private mutating func closeUptime(at: Timestamp) {
    // A vendor whose start was not recorded was up from the beginning.
    guard let since = upSince ?? (sawVendor ? nil : timeline.start) else { return }
    timeline.up.append(Timeline.Bar(label: "", from: since, to: at))
    upSince = nil
    sawVendor = true
  }

  private mutating func read(_ fault: Event.Fault, of event: Event, at: Timestamp) {
    switch fault.phase {
    case .began:
      openFaults.append((name: fault.name, since: at))
      mark(event, at, .vendor, .plain)
    case .struck: break
    case .ended:
      guard let index = openFaults.firstIndex(where: { $0.name == fault.name }) else { return }
      let open = openFaults.remove(at: index)
      timeline.faults.append(Timeline.Bar(label: open.name, from: open.since, to: at))
    }
  }

  private mutating func mark(
    _ event: Event,
    _ at: Timestamp,
    _ lane: Timeline.Lane,
    _ style: Timeline.Mark.Style,
    isWeighty: Bool = true
  ) {
    timeline.marks.append(
      Timeline.Mark(
        at: at,
        lane: lane,
        words: words.words(for: event),
        isWeighty: isWeighty,
        style: style
      )
    )
  }

  private mutating func finish(_ history: History, findings: [GuaranteeFinding]) {
    closeUptime(at: timeline.end)
    for tenant in settings.keys.sorted() { closeSetting(of: tenant, at: timeline.end) }
    timeline.installed = tracks.keys.sorted().map {
      Timeline.Track(label: $0, bars: tracks[$0] ?? [])
    }
    timeline.alive = living.map(\.bar)
    timeline.faults += openFaults.map {
      Timeline.Bar(label: $0.name, from: $0.since, to: timeline.end)
    }
    limitMarks()
    let witnesses = findings.filter { $0.finding.verdict == .violated }
      .compactMap(\.finding.witnesses)
      .flatMap { [$0.first, $0.worst, $0.last].compactMap(\.events.first) }
    let times = Set(witnesses).compactMap { id in history.event(id)?.at }
    timeline.violations = Set(times).sorted().map {
      min(max($0, timeline.start), timeline.end)
    }
  }

  private mutating func limitMarks() {
    let all = timeline.marks
    guard all.count > Self.markLimit else { return }
    let weighty = all.indices.filter { all[$0].isWeighty }
    let rest = all.indices.filter { !all[$0].isWeighty }
    let kept = (weighty + rest).prefix(Self.markLimit).sorted()
    timeline.marks = kept.map { all[$0] }
    timeline.omittedMarks = all.count - kept.count
  }
}

extension History {
  /// An event by its id: ids are numbered from 1 in order, so that it mostly stands at its place.
  func event(_ id: Int) -> Event? {
    if events.indices.contains(id - 1), events[id - 1].id == id { return events[id - 1] }
    return events.first { $0.id == id }
  }
}
