import ChatPlatforms
import Evidence
import NIOCore
import Providers
import ScenarioFiles
import Secrets
import Synchronization
import Worlds

extension Stage {
  /// A person writes to the assistant; returns when the platform has delivered it or given up.
  func ask(
    _ written: String,
    by person: String,
    ask: Action.Ask,
    line: Int,
    ordinal: Int
  ) async {
    let message = "\(line).\(ordinal + 1).\(person)"
    let question = varied(written, by: person, message: message)
    var text = question
    var canary = Canary.wordsPrefix + "\(line).\(ask.questions.firstIndex(of: written) ?? 0)"
    if ask.marksQuestions || Self.isTooShort(question) {
      (text, canary) = marked(question, of: message)
    } else {
      canary = knownQuestion(question, otherwise: canary)
    }
    await send(
      text,
      by: person,
      in: ask.conversation,
      message: message,
      canary: canary,
      line: line
    )
  }

  private func varied(_ question: String, by person: String, message: String) -> String {
    pair?.variation?.question(question, by: cast.tenantOfPerson[person], message: message)
      ?? question
  }

  func send(
    _ text: String,
    by person: String,
    in conversation: String?,
    message: String,
    canary: String,
    line: Int
  ) async {
    let platform = cast.platforms[person] ?? .teams
    pair?.log.sent(
      message,
      in: conversation ?? "personal-\(person)",
      of: cast.tenantOfPerson[person] ?? "unknown"
    )
    texts?.note(question: canary)
    recorder.record(
      .messageSent(
        .init(
          message: message,
          person: person,
          tenant: cast.tenantOfPerson[person] ?? "unknown",
          conversation: conversation ?? "personal-\(person)",
          platform: platform,
          questionCanary: canary,
          step: line,
          isCommand: text.hasPrefix("/") ? true : nil
        )
      )
    )
    switch platform {
    case .teams:
      await chat.teams.send(text, from: person, in: conversation, message: message)
    case .googleChat:
      await chat.googleChat.send(text, from: person, in: conversation, message: message)
    }
  }

  /// Does what a step says, other than asking.
  ///
  /// - Returns: what is left to do later, where the step has an end of its own.
  func perform(_ step: Step) async throws -> (@Sendable () async throws -> Void)? {
    switch step.action {
    case .ask, .press: break
    case .pause: await readExpectedInvoices(of: step)
    case .createKey(let tenant, let key): try keys.create(key, for: tenant)
    case .installKey(let tenant, let key): try await install(key, for: tenant, line: step.line)
    case .startSubscription(let tenant):
      let answer = await admin.startSubscription(of: tenant)
      took(answer, verb: .startSubscription, tenant: tenant, key: nil, line: step.line)
    case .cancelSubscription(let tenant): await cancelSubscription(of: tenant, line: step.line)
    case .removeKey(let tenant): await removeKey(of: tenant, line: step.line)
    case .deleteKey(let tenant, let key): try keys.delete(key, of: tenant)
    case .regenerateKey(let tenant, let slot): try keys.regenerate(slot, of: tenant)
    case .changeSecret(let tenant, let key): try changeSecret(of: tenant, to: key)
    case .inspect(let tenant): try await inspect(tenant)
    case .movePerson(let person, let department):
      chat.directory.move(person: person, to: department)
      recorder.record(.personMoved(.init(person: person, department: department)))
    case .setActive(let person, let isActive): setActive(person, isActive)
    case .setMember(let person, let conversation, let isMember):
      chat.population.setMember(person, of: conversation, isMember)
      recorder.record(
        .memberChanged(.init(person: person, conversation: conversation, isMember: isMember))
      )
    case .addDocument(let tenant, let knowledge, let name, let text):
      let planted = Cast.PlantedDocument(
        .init(name: name, text: text),
        in: knowledge,
        of: tenant,
        randomness: world.randomness
      )
      let placed = pair?.variation.map { $0.document(planted) } ?? planted
      if let placed { await upload(placed, line: step.line) }
    case .removeDocument(let tenant, let knowledge, let name):
      await remove(name, from: knowledge, of: tenant, line: step.line)
    case .restartVendor(let pause, let replica): vendor.restart(replica, downFor: pause)
    case .crashVendor(let pause, let replica): vendor.crash(replica, downFor: pause)
    case .fault(let fault): return begin(fault)
    case .impostor(let ask): await knock(ask, line: step.line)
    case .deliverAgain(let person): await deliverAgain(person)
    case .compareLatency(let comparison):
      try await LatencyStory(stage: self, comparison: comparison).play()
    }
    return nil
  }

  /// Who is deactivated belongs to no department, and so may read nothing.
  func setActive(_ person: String, _ isActive: Bool) {
    chat.directory.setActive(isActive, person: person)
    let department = isActive ? chat.directory.department(of: person) : nil
    recorder.record(
      .personMoved(.init(person: person, department: department ?? Event.PersonMoved.nowhere))
    )
  }

  // MARK: Keys and documents

  func install(_ key: Action.InstalledKey, for tenant: String, line: Int) async throws {
    let installable =
      switch key {
      case .named(let name):
        InstallableKey(secret: try keys.key(name, of: tenant), home: keys.host(of: tenant))
      case .azure(let slot): try keys.azureKey(slot, of: tenant)
      case .neverIssued:
        InstallableKey(
          secret: keys.neverIssued(for: tenant, randomness: world.randomness),
          home: keys.host(of: tenant)
        )
      }
    let answer = await admin.installKey(installable, for: tenant)
    if (200..<300).contains(answer.status) {
      keys.noteInstalled(installable.secret, for: tenant)
    }
    took(
      answer,
      verb: .installKey,
      tenant: tenant,
      key: fingerprinter.fingerprint(of: installable.secret),
      providerHost: installable.host,
      line: line
    )
    // Settings pages are where keys are shown by mistake.
    let shown = await admin.showKey(of: tenant)
    search(shown, place: "GET key of \(tenant)")
    StorageSearch(scanner: scanner, sightings: sightings).search(vendor.allStorage)
  }

  private func removeKey(of tenant: String, line: Int) async {
    let removed = keys.installed(for: tenant).map { fingerprinter.fingerprint(of: $0) }
    let answer = await admin.removeKey(of: tenant)
    if (200..<300).contains(answer.status) { keys.noteInstalled(nil, for: tenant) }
    took(answer, verb: .removeKey, tenant: tenant, key: removed, line: line)
  }

  private func cancelSubscription(of tenant: String, line: Int) async {
    let answer = await admin.cancelSubscription(of: tenant)
    took(answer, verb: .cancelSubscription, tenant: tenant, key: nil, line: line)
  }

  func upload(_ document: Cast.PlantedDocument, line: Int) async {
    scanner.add(document.canary)
    let answer = await admin.upload(
      document.text,
      as: document.name,
      to: document.knowledge,
      of: document.tenant
    )
    took(answer, verb: .uploadDocument, tenant: document.tenant, key: nil, line: line)
    guard (200..<300).contains(answer.status) else { return }
    recorder.record(
      .documentChanged(
        .init(
          document: document.canary.id,
          knowledge: document.knowledge,
          tenant: document.tenant,
          change: .added
        )
      )
    )
  }

  private func remove(
    _ name: String,
    from knowledge: String,
    of tenant: String,
    line: Int
  ) async {
    let answer = await admin.removeDocument(name, from: knowledge, of: tenant)
    took(answer, verb: .removeDocument, tenant: tenant, key: nil, line: line)
    guard (200..<300).contains(answer.status) else { return }
    recorder.record(
      .documentChanged(
        .init(
          document: "\(tenant)/\(knowledge)/\(name)",
          knowledge: knowledge,
          tenant: tenant,
          change: .removed
        )
      )
    )
  }

  /// A vendor is told a standby key as it starts; what it was told belongs to the evidence.
  func tookStandby(_ key: Fingerprint, of tenant: String) {
    recorder.record(
      .adminAction(
        .init(
          tenant: tenant,
          verb: .installStandby,
          key: key,
          providerHost: keys.host(of: tenant),
          submittedAt: world.clock.now,
          status: 200,
          afterOrder: calls.last
        )
      )
    )
  }

  private func took(
    _ answer: AdminClient.Answer,
    verb: Event.AdminAction.Verb,
    tenant: String,
    key: Fingerprint?,
    providerHost: String? = nil,
    line: Int
  ) {
    recorder.record(
      .adminAction(
        .init(
          tenant: tenant,
          verb: verb,
          key: key,
          providerHost: providerHost,
          submittedAt: answer.submittedAt,
          status: answer.status,
          afterOrder: calls.last
        )
      )
    )
    adminAnswers.withLock { $0[line, default: []].append(answer.status) }
    saw(answer, of: tenant, subject: "\(verb.rawValue), line \(line)")
    search(answer, place: "\(verb.rawValue) of \(tenant)")
  }

  /// A page of the vendor's, as a customer's administrator sees it.
  func saw(_ answer: AdminClient.Answer, of tenant: String, subject: String) {
    pair?.log.sawAdminAnswer(
      "status \(answer.status)\n" + String(buffer: answer.body),
      of: tenant,
      subject: subject,
      after: world.clock.now - answer.submittedAt
    )
  }

  private func search(_ answer: AdminClient.Answer, place: String) {
    sightings.searched(.adminResponse, bytes: answer.body.readableBytes)
    for hit in answer.body.withUnsafeReadableBytes({ scanner.scanForKeys($0) }) {
      sightings.record(hit, surface: .adminResponse, place: place)
    }
  }

  // MARK: Callers

  private func knock(_ ask: Action.ImpostorAsk, line: Int) async {
    guard let trick = ImpostorTrick(rawValue: ask.trick),
      let named = Event.Impostor.Trick(rawValue: ask.trick)
    else { return }
    let message = "\(line).1.\(ask.person)"
    let platform = cast.platforms[ask.person] ?? .teams
    var (text, canary) = (ask.text, "\(Canary.wordsPrefix)\(line)")
    if Self.isTooShort(text) {
      (text, canary) = marked(text, of: message)
    } else {
      canary = knownQuestion(text, otherwise: canary)
    }
    recorder.record(
      .messageSent(
        .init(
          message: message,
          person: ask.person,
          tenant: cast.tenantOfPerson[ask.person] ?? "unknown",
          conversation: "personal-\(ask.person)",
          platform: platform,
          questionCanary: canary,
          step: line
        )
      )
    )
    let status =
      switch platform {
      case .teams:
        await chat.teams.sendAsImpostor(
          trick: trick,
          text,
          person: ask.person,
          message: message
        )
      case .googleChat:
        await chat.googleChat.sendAsImpostor(
          trick: trick,
          text,
          person: ask.person,
          message: message
        )
      }
    recorder.record(
      .impostor(.init(message: message, trick: named, platform: platform, status: status))
    )
  }

  private func deliverAgain(_ person: String) async {
    switch cast.platforms[person] ?? .teams {
    case .teams: await chat.teams.deliverAgain(person: person)
    case .googleChat: _ = await chat.googleChat.deliverAgain(person: person)
    }
  }
}
