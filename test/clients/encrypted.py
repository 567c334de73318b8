# A kernel whose manager insists on encryption: a cell, a question, a heartbeat, a restart and a shutdown.
from jupyter_client.manager import KernelManager

manager = KernelManager(kernel_name="parlab", transport_encryption="required")
manager.start_kernel()
client = manager.client()
client.start_channels()
try:
    client.wait_for_ready(timeout=60)
    client.execute_interactive("6 * 7", timeout=60, output_hook=lambda message: print(message["content"]))
    client.execute("input('name?')", allow_stdin=True)
    print(client.get_stdin_msg(timeout=60)["content"]["prompt"])
    client.input("Ada")
    while client.get_iopub_msg(timeout=60)["msg_type"] != "execute_result":
        pass
    assert client.hb_channel.is_beating()
    manager.restart_kernel()
    client.wait_for_ready(timeout=60)
    print("encrypted:", "curve_secretkey" in manager.get_connection_info())
finally:
    client.stop_channels()
    manager.shutdown_kernel()
