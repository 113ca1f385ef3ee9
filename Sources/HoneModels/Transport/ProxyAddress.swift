// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The proxy that the environment names for an address.
struct ProxyAddress: Sendable, Hashable {
  var host: String
  var port: Int

  init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// Reads `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in small letters too.
  ///
  /// `HTTP_PROXY` in capitals is read too, as this is no web server. Nil when no proxy is to be used;
  /// this machine is never reached by one.
  init?(for url: URL, environment: [String: String]) {
    func value(_ name: String) -> String? {
      let text = environment[name.lowercased()] ?? environment[name]
      return text?.isEmpty == false ? text : nil
    }
    guard let host = url.host(), !LocalHost.contains(host) else { return nil }
    for entry in (value("NO_PROXY") ?? "").split(separator: ",") {
      let name = entry.trimmingCharacters(in: .whitespaces)
      let suffix = name.hasPrefix(".") ? name : "." + name
      if name == "*" || host == name || host.hasSuffix(suffix) { return nil }
    }
    let own = url.scheme?.lowercased() == "https" ? "HTTPS_PROXY" : "HTTP_PROXY"
    guard let text = value(own) ?? value("ALL_PROXY") else { return nil }
    guard let proxy = URL(string: text.contains("://") ? text : "http://" + text),
      let proxyHost = proxy.host()
    else { return nil }
    self.init(host: proxyHost, port: proxy.port ?? 8080)
  }
}

/// The names of this machine.
enum LocalHost {
  /// Whether a host is this machine.
  static func contains(_ host: String) -> Bool {
    let host = host.lowercased()
    if ["localhost", "::1", "[::1]"].contains(host) { return true }
    // A name such as 127.example.org is not this machine.
    let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.first == "127" && numbers.count == 4 && numbers.allSatisfy { UInt8($0) != nil }
  }
}
