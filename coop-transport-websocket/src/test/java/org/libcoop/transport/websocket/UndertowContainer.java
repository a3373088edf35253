package org.libcoop.transport.websocket;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.DispatcherType;
import java.net.InetSocketAddress;

/** Undertow, embedded. */
final class UndertowContainer implements Container {

    private Undertow undertow;
    private DeploymentManager manager;

    @Override
    public PeerAddress peerAddress() {
        return PeerAddress.ofHeader(PeerHeader.NAME);
    }

    @Override
    public int start(WebSocketTransport transport, int port) throws Exception {
        DeploymentInfo deployment = Servlets.deployment()
                .setClassLoader(UndertowContainer.class.getClassLoader())
                .setContextPath("/")
                .setDeploymentName("coop")
                .addFilter(Servlets.filter("peer", PeerHeader.class))
                .addFilterUrlMapping("peer", "/*", DispatcherType.REQUEST)
                .addServletContextAttribute(
                        WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                        new WebSocketDeploymentInfo().addEndpoint(transport.endpointConfig("/coop")));
        manager = Servlets.newContainer().addDeployment(deployment);
        manager.deploy();
        undertow = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setHandler(manager.start())
                .build();
        undertow.start();
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void stop() throws Exception {
        manager.stop();
        manager.undeploy();
        undertow.stop();
    }
}
