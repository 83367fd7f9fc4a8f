import Evidence
import Foundation

/// The files of a report, read within its folder.
struct BundleFolder {
  let directory: URL

  init(_ directory: URL) {
    self.directory = directory.resolvingSymlinksInPath()
  }

  func url(_ name: String) -> URL { directory.appending(path: name) }

  func has(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: url(name).path)
  }

  /// - Throws: `Misfit` for a file that is not there, and for a name that leads out of the folder.
  func read(_ name: String) throws -> Data {
    let file = try file(name)
    guard let bytes = try? Data(contentsOf: file, options: .alwaysMapped) else {
      throw Self.missing(name)
    }
    return bytes
  }

  private static func missing(_ name: String) -> Misfit {
    Misfit(PlainText.line(name, limit: 200), "it is missing, or no plain file")
  }

  /// - Throws: as `read`.
  private func file(_ name: String) throws -> URL {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    let file = url(name)
    let isRegular =
      (try? FileManager.default.attributesOfItem(atPath: file.path))?[.type] as? FileAttributeType
      == .typeRegular
    guard isPlain, isRegular, file.resolvingSymlinksInPath().path.hasPrefix(directory.path + "/")
    else { throw Self.missing(name) }
    return file
  }

  /// A piece at a time: a log may be longer than memory should be full.
  private func digest(of name: String) throws -> String {
    var digest = SHA256Text()
    let file = try file(name)
    do {
      try LinePieces.read(file) { digest.add($0) }
    } catch {
      throw Self.missing(name)
    }
    return digest.text
  }

  func decode<Value: Decodable>(_ name: String) throws -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: read(name))
    } catch let misfit as Misfit {
      throw misfit
    } catch {
      throw Misfit(name, "it is not what a report has there")
    }
  }

  /// Everything but the attestations themselves, with its digest.
  func attestedFiles() throws -> AttestedFiles {
    var files = AttestedFiles()
    let names = try? FileManager.default.subpathsOfDirectory(atPath: directory.path)
    for name in (names ?? []).sorted() where !name.hasPrefix(Attestations.folder + "/") {
      var isDirectory: ObjCBool = false
      let path = url(name).path
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory),
        !isDirectory.boolValue
      else { continue }
      files.add(name, digest: try digest(of: name))
    }
    return files
  }

  func log(_ name: String) throws -> EvidenceLog.Contents {
    let file = try file(name)
    do {
      return try EvidenceLog.contents(ofFile: file)
    } catch let error as EvidenceLogError {
      throw Misfit(name, "\(error)")
    } catch {
      throw Self.missing(name)
    }
  }

  /// - Throws: `Misfit` where the evidence of the interrupted run does not fit either.
  func incompleteReport() throws -> IncompleteReport {
    let note: IncompleteNote = try decode(StagedReport.incompleteFile)
    let folder = StagedReport.evidenceFolder
    let names = try? FileManager.default.contentsOfDirectory(atPath: url(folder).path)
    var report = IncompleteReport(subject: note.subject, seed: note.seed, logs: [])
    for name in (names ?? []).sorted() where name.hasSuffix(".jsonl") {
      let bytes = try read("\(folder)/\(name)")
      // The power may have gone within a line; what stands before it is whole.
      let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.startIndex
      guard end > bytes.startIndex else {
        report.logs.append((name, 0, false))
        continue
      }
      do {
        let log = try EvidenceLog.contents(of: bytes[..<end])
        report.logs.append((name, log.history.events.count, log.isComplete))
      } catch {
        throw Misfit("\(folder)/\(name)", "\(error)")
      }
    }
    return report
  }
}
