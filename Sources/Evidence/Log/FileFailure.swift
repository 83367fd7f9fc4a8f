import Foundation

/// Why the file system would not, in its own few words.
package enum FileFailure {
  /// - Parameter error: as Foundation throws it, with the system's inside.
  package static func reason(_ error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
    if (error as? CocoaError)?.code == .fileWriteOutOfSpace {
      return String(cString: strerror(ENOSPC))
    }
    return cause.domain == NSPOSIXErrorDomain
      ? String(cString: strerror(Int32(cause.code))) : error.localizedDescription
  }
}
