"""TLS in front of a server that has none: Azure's clients speak to nothing else."""

import pathlib
import socket
import ssl
import threading

import trustme


class TLSFront:
    """Listens on localhost with a certificate of an authority of its own, and passes bytes on."""

    def __init__(self, folder, port):
        authority = trustme.CA()
        self.authority = pathlib.Path(folder, "tls-authority.pem")
        authority.cert_pem.write_to_path(self.authority)
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(self.context)
        self.target = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.origin = f"https://localhost:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                plain, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=[plain], daemon=True).start()

    def serve(self, plain):
        try:
            client = self.context.wrap_socket(plain, server_side=True)
            server = socket.create_connection(("127.0.0.1", self.target))
        except OSError:
            return plain.close()
        threading.Thread(target=self.pass_on, args=[server, client], daemon=True).start()
        self.pass_on(client, server)

    @staticmethod
    def pass_on(source, target):
        try:
            while data := source.recv(65_536):
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def stop(self):
        self.listener.close()
