"""What an article may lack: its names, its dates and its claims that have no annotation yet."""
